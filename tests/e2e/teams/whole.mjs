// A whole talk, by whatever the cards offer, until the words are read that end it.

const ASIDE = /^(Back|Skip|Why this\?|Menu|Help|Another one|More on this|A tip on this|)$/

/** Answer card after card until `end` is read, opening at the menu what is wished for, in turn; return how many. */
export async function talked(at, wishes, end, most = 90) {
  const left = [...wishes]
  for (let answered = 0; answered < most; answered += 1) {
    const card = at.card()
    // The card before loses its buttons a moment before the next one comes.
    await card.getByRole('button').or(at.main(end)).first().waitFor()
    if (await at.main(end).count()) return answered
    await at.moving(() => answer(card, left))
  }
  throw new Error(`no end after ${most} answers`)
}

async function answer(card, wishes) {
  const radio = card.getByRole('radio').first()
  const box = card.getByRole('checkbox').first()
  const day = card.locator('input[type=date]').first()
  const words = card.getByRole('textbox').first()
  if (await radio.count()) await radio.check()
  else if (await box.count()) await box.check()
  else if (await day.count()) await day.fill(inAWeek())
  else if (await words.count()) await words.fill('write a short list')
  else return pressOne(card, wishes)
  await card.getByRole('button', { name: /^(Send|Go)$/ }).first().click()
}

function inAWeek() {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
}

async function pressOne(card, wishes) {
  const names = (await card.getByRole('button').allInnerTexts()).map((each) => each.trim())
  const wished = names.find((each) => each === wishes[0])
  if (wished) wishes.shift()
  const name = wished ?? names.find((each) => !ASIDE.test(each))
  if (!name) throw new Error(`a dead end:\n${await card.innerText()}`)
  await card.getByRole('button', { name, exact: true }).first().click()
}
