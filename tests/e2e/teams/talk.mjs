// What people do with Lateral in Teams, done in the Playground's page, one thing after another.
import { opened } from './playground.mjs'
import { RUN, cleared, owe, startLateral, startPlayground, stop, stopAll } from './processes.mjs'
import { talked } from './whole.mjs'

const TENANT = '00000000-0000-0000-0000-0000000000a0'
const ME = `teams:${TENANT}:00000000-0000-0000-0000-0000000000b0`
const CHANNEL = `teams:${TENANT}:19:general@thread.tacv2`
const WISHES = ['What do I already bring?', 'What would I gain or give up?', 'What can I do in my job now?']

const CHECKS = {
  'it says hello when it is added, and asks': async (at) => {
    await at.reads(/Hello, I am Lateral/)
    await at.hideLog()
    await at.reads(/Do you work with one today/)
    await at.picture('hello')
  },
  'a question is answered in typed words': async (at) => {
    await at.say('yes, I deal with it often')
    await at.reads(/sounds most like your PMO/)
    await at.picture('typed')
  },
  'a press on a card puts the next question in its place': async (at) => {
    await at.choose('They help if I ask')
    await at.press('Send')
    await at.reads(/does it draw you in/)
    await at.readsNoMore(/sounds most like your PMO/)
    await at.picture('pressed')
  },
  'a command is understood in the middle of it, and the question comes back': async (at) => {
    await at.say('tip risk')
    await at.reads(/Risk across projects/)
    await at.reads(/does it draw you in/)
    await at.picture('tip')
  },
  'the search finds tips, and one can be put into a message': async (at) => {
    await at.search('tips', 'topic', 'risk')
    await at.found(/Rewrite one risk in three parts/)
    await at.picture('search')
    await at.picksFound(/Rewrite one risk in three parts/)
    await at.reads(/the cause, the event and the effect/)
    await at.picture('inserted')
  },
  'in a channel it says what it is for': async (at) => {
    await at.go(/General/)
    await at.reads(/I post nothing here unasked/)
    await at.picture('channel')
  },
  'a mention is answered in the thread': async (at) => {
    await at.mention('what does a PMO do?')
    await at.reads(/a week often holds these/)
    await at.picture('mention')
  },
  'a channel orders its posts by a card, and is told when they come': async (at) => {
    await at.mention('nudge')
    await at.reads(/Which day suits/)
    await at.press('Monday')
    await at.reads(/At what time on Monday/)
    await at.press('09:30')
    await at.reads(/one small idea for this channel, each Monday at 09:30/)
    await at.picture('posts')
  },
  'a message comes unasked after a restart': async (at) => {
    await at.go('Personal Chat')
    await stop('lateral')
    await owe(ME, 'This is said unasked.')
    await startLateral()
    await at.reads('This is said unasked.')
  },
  'the button of a channel post leads to the own chat, and says so to who pressed it': async (at) => {
    await stop('lateral')
    await owe(CHANNEL, 'A thought for the week about risk.', 'risk-management')
    await startLateral()
    await at.go(/General/)
    await at.reads(/A thought for the week/)
    await at.press('Talk to me about this')
    await at.reads(/I wrote to you in our own chat/)
    await at.picture('post')
    await at.go('Personal Chat')
    await at.reads(/You pressed my button in a channel/)
    await at.reads(/PMO work makes you better at managing risk/)
    await at.picture('private')
  },
  'once it is removed nothing is known, and a new talk begins when it is added again': async (at) => {
    await at.mock('Uninstall application')
    await at.mock('Install application')
    await at.readsTimes(2, /Hello, I am Lateral/)
    await at.picture('again')
  },
  'a whole talk is had by presses alone: what they bring, what they gain, and a plan': async (at) => {
    const answered = await talked(at, WISHES, /That is a plan/)
    console.log(`    ${answered} cards were answered`)
    await at.picture('plan')
  },
  'a profile can be seen, and a step ticked off': async (at) => {
    await at.say('profile')
    await at.reads(/What you carry over/)
    await at.picture('profile')
    await at.moving(() => at.say('plan'))
    await at.moving(() => at.press('Done'))
    await at.picture('done')
  },
}

async function main() {
  cleared()
  let at
  try {
    await startLateral()
    await startPlayground()
    at = await opened()
    for (const [name, check] of Object.entries(CHECKS)) {
      const began = Date.now()
      await check(at).catch(async (error) => {
        await at.picture('failed')
        throw new Error(`not so: ${name}\n${error.message}\nSee ${RUN}/failed.png, and the logs beside it.`)
      })
      console.log(`  ${name} (${Date.now() - began} ms)`)
    }
    console.log(`e2e-teams: ${Object.keys(CHECKS).length} checks hold`)
  } catch (error) {
    console.error(`e2e-teams: ${error.message}`)
    process.exitCode = 1
  } finally {
    await at?.close()
    await stopAll()
  }
}

await main()
