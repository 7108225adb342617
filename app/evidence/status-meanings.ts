import { levelMeanings, levelWords } from '../components/level-glyph.tsx'

/** A word of a page with what it says. */
export interface WordMeaning {
  word: string
  meaning: string
}

/** What each word of typeStatus says, in a sentence. */
const statusMeanings: Readonly<Record<string, string>> = {
  Unregistered: 'In the data, but nobody registered the type: it has no owner, no risk tier and no level.',
  'Human only': 'People lead by the ceiling of the type, and the AI took part in no contact of the month.',
  'No AI contacts': 'The AI took part in no contact of the month.',
  Provisional: 'Numbers of the month still change; nothing is decided on them.',
  'A gate fails': 'The numbers show that a limit of the policy does not hold.',
  Alarm: 'No gate fails, but an alarm of the policy speaks for a less free level: shown harm, or evidence that lapsed.',
  'Automation creep': 'The AI acted alone although the level in force asks for a person.',
  'Not evaluated': 'The gates of the policy were not judged for this month.',
  'All gates pass': 'The numbers show that every limit holds, and nothing else stands against a freer level.',
  Healthy: 'No gate fails and none that bears on the level is open; the level may stay as it is.',
  'Reviews open':
    'The drawn reviews are not done or not final, or two reviewers of the same contact disagree, so nothing is judged by them.',
  'No reviews': 'No random review was done, so there is no error rate.',
  'Too few reviews': 'It takes more random reviews to show that the error rate is under its limit.',
  'At the limit': 'The error rate lies within a fifth of its limit: these reviews cannot tell on which side.',
  'No limit set': 'The policy sets no error limit for the risk tier of the type, so its error rate is not judged.',
  'Over limit, unsure': 'The error rate lies over its limit, but by no more than chance could do.',
  Inconclusive: 'The numbers cannot tell whether a limit other than that of the error rate holds.',
}

/** The levels of oversight, the least free first. */
export const levelDefinitions: readonly WordMeaning[] = (
  ['human_as_the_loop', 'human_in_the_loop', 'human_on_the_loop'] as const
).map((level) => ({ word: levelWords[level], meaning: levelMeanings[level] }))

/** The words of typeStatus that are among the given ones, each once, with what they say. */
export function statusDefinitions(words: readonly string[]): WordMeaning[] {
  const shown = new Set(words.map((word) => (/^\d+ gates? fails?$/.test(word) ? 'A gate fails' : word)))
  return Object.entries(statusMeanings).flatMap(([word, meaning]) => (shown.has(word) ? [{ word, meaning }] : []))
}
