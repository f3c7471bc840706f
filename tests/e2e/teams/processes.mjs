// Starts and stops Lateral and the Playground, and waits until each can be reached.
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
export const CACHE = process.env.E2E_CACHE
export const RUN = join(CACHE, 'run')
const PYTHON = process.env.E2E_PYTHON
const DATABASE = join(RUN, 'lateral.db')
const LATERAL_PORT = 3978
const PLAYGROUND_PORT = 56150
export const PLAYGROUND = `http://127.0.0.1:${PLAYGROUND_PORT}/`

const running = new Map()

/** Empty the folder that a run writes its logs, its database and its pictures to. */
export function cleared() {
  rmSync(RUN, { recursive: true, force: true })
  mkdirSync(RUN, { recursive: true })
}

export async function startLateral() {
  const local = ['serve', '--insecure-local', '--port', `${LATERAL_PORT}`, '--db', DATABASE]
  start('lateral', PYTHON, ['-m', 'adapters.cli', ...local], join(HERE, '../../..'))
  await reachable(LATERAL_PORT, 'lateral')
}

export async function startPlayground() {
  copyFileSync(join(HERE, '.m365agentsplayground.yml'), join(RUN, '.m365agentsplayground.yml'))
  const cli = join(CACHE, 'node_modules/@microsoft/m365agentsplayground/cli.js')
  const bot = ['--app-endpoint', `http://127.0.0.1:${LATERAL_PORT}/api/messages`, '--channel-id', 'msteams']
  const itself = ['--port', `${PLAYGROUND_PORT}`, '--service-url', `${PLAYGROUND}_connector`, '--disable-telemetry']
  start('playground', 'node', [cli, 'start', ...bot, ...itself], RUN)
  await reachable(PLAYGROUND_PORT, 'playground')
}

/** Run owe.py: put a message into Lateral's outbox while Lateral is stopped. */
export async function owe(...words) {
  start('owe', PYTHON, [join(HERE, 'owe.py'), DATABASE, ...words], join(HERE, '../../..'))
  const code = await running.get('owe').ended
  if (code !== 0) throw new Error(`owe.py ended with ${code}; see ${RUN}/owe.log`)
}

export async function stop(name) {
  const found = running.get(name)
  if (!found) return
  running.delete(name)
  found.child.kill('SIGTERM')
  await found.ended
}

export async function stopAll() {
  await Promise.all([...running.keys()].map(stop))
}

function start(name, command, args, cwd) {
  const log = openSync(join(RUN, `${name}.log`), 'a')
  const child = spawn(command, args, { cwd, stdio: ['ignore', log, log] })
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
  running.set(name, { child, ended })
}

/** Wait until a port takes connections; the process that should listen there must not end meanwhile. */
async function reachable(port, name) {
  let ended = false
  running.get(name).ended.then(() => (ended = true))
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if (ended) break
    if (await connects(port)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${name} cannot be reached on ${port}; see ${RUN}/${name}.log`)
}

function connects(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => (socket.destroy(), resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
