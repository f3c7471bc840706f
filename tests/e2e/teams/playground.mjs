// The Playground's page, in the words of someone who uses it.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CACHE, PLAYGROUND, RUN } from './processes.mjs'

const { chromium } = createRequire(join(CACHE, 'package.json'))('playwright-core')
const QUIET = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
]

/** Open the page in a browser that reaches this machine only. */
export async function opened() {
  const size = { viewport: { width: 1280, height: 900 } }
  const how = { executablePath: process.env.E2E_CHROMIUM, headless: true, args: QUIET, ...size }
  const context = await chromium.launchPersistentContext(join(RUN, 'browser'), how)
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(30_000)
  const isHere = (url) => ['127.0.0.1', 'localhost'].includes(new URL(url).hostname)
  await page.route('**/*', (route) => (isHere(route.request().url()) ? route.continue() : route.abort()))
  await page.goto(PLAYGROUND)
  return new Playground(page, context)
}

class Playground {
  constructor(page, context) {
    this.page = page
    this.context = context
  }

  /** Wait until words are read in the chat or the channel, not only in the list of chats at the side. */
  async reads(words) {
    await this.main(words).last().waitFor()
  }

  async readsNoMore(words) {
    await this.main(words).first().waitFor({ state: 'hidden' })
  }

  /** Wait until words are read that many times. */
  async readsTimes(times, words) {
    await this.main(words).nth(times - 1).waitFor()
  }

  main(words) {
    return this.page.getByText(words).and(this.page.locator(':not([role="tree"] *)'))
  }

  async hideLog() {
    await this.page.getByRole('button', { name: 'Hide log panel' }).click()
  }

  async go(place) {
    await this.page.getByRole('treeitem', { name: place }).click()
  }

  async say(words) {
    await this.page.getByRole('textbox').last().click()
    await this.page.keyboard.type(words)
    await this.page.keyboard.press('Enter')
  }

  async press(label) {
    await this.page.getByRole('button', { name: label, exact: true }).last().click()
  }

  async choose(label) {
    await this.page.getByRole('radio', { name: label }).last().check()
  }

  /** Return the card that was last put into the chat, as it is now. */
  card() {
    return this.page.locator('.ac-adaptiveCard').last()
  }

  /** Do something, and wait until the cards say something else, and go on saying it for a moment. */
  async moving(deed) {
    const said = async () => (await this.page.locator('.ac-adaptiveCard').allInnerTexts()).join('\n')
    const before = await said()
    await deed()
    for (let last = before, still = 0, tries = 0; tries < 600; tries += 1) {
      await this.page.waitForTimeout(50)
      const now = await said()
      still = now === last ? still + 1 : 0
      last = now
      if (now !== before && still >= 5) return
    }
    throw new Error(`nothing came of it; the last card says:\n${await this.card().innerText()}`)
  }

  /** Start a post in a channel that mentions Lateral. */
  async mention(words) {
    await this.page.getByRole('textbox').first().click()
    await this.page.keyboard.type('@')
    await this.page.getByRole('menuitem', { name: /^Lateral/ }).click()
    await this.page.keyboard.type(` ${words}`)
    await this.page.getByRole('button', { name: 'Post', exact: true }).click()
  }

  /** Search by the message extension. The Playground knows no manifest, so that it must be told what is asked for. */
  async search(command, parameter, words) {
    await this.page.getByRole('button', { name: 'Trigger Message Extension App' }).last().click()
    await this.page.getByRole('menuitem', { name: 'Search Command' }).click()
    await this.page.getByRole('button', { name: 'Specify Command ID or Parameter' }).click()
    await this.page.getByRole('textbox', { name: 'Command ID' }).fill(command)
    await this.page.getByRole('textbox', { name: 'Parameter name' }).fill(parameter)
    await this.page.getByPlaceholder('Enter a search term').fill(words)
  }

  async found(words) {
    await this.page.getByText(words).first().waitFor()
  }

  /** Choose one of what the search found, and send the card it becomes. */
  async picksFound(words) {
    await this.page.getByText(words).first().click()
    await this.page.getByRole('button', { name: 'Send Message' }).last().click()
  }

  async mock(activity) {
    await this.page.getByRole('button', { name: 'Mock an Activity' }).click()
    await this.page.getByText(activity, { exact: true }).click()
    await this.page.getByRole('button', { name: 'Send activity' }).click()
  }

  async picture(name) {
    await this.page.screenshot({ path: join(RUN, `${name}.png`) })
  }

  async close() {
    await this.context.close()
  }
}
