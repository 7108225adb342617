import { Form } from '@remix-run/react'
import { formatInstant } from '#models/format-metric.ts'
import type { ReviewTypePageView } from '../../review-type-page.server.ts'
import { Button } from '../button.tsx'
import { levelWords } from '../level-glyph.tsx'
import { Notice } from '../notice.tsx'

const wordsOf = (level: ReviewTypePageView['level']) => (level === null ? 'not set' : levelWords[level].toLowerCase())

/** Says that the evidence was judged for a level that is not in force any more, as after a stop, and offers to do it again. */
export function MovedLevel({ view }: { view: ReviewTypePageView }) {
  const { movedLevel, level, levelSince } = view
  if (movedLevel === null) return null
  return (
    <Notice kind="inconclusive">
      The level is {wordsOf(level)}
      {levelSince === null ? '' : ` since ${formatInstant(levelSince, view.timeZone)}`}; what follows was judged when it
      was {wordsOf(movedLevel.judgedAt)}.{' '}
      {movedLevel.mayJudgeAgain ? (
        <Form method="post">
          <Button name="intent" value="freeze">
            Judge it again
          </Button>
        </Form>
      ) : (
        'A reviewer or approver can have it judged again here.'
      )}
    </Notice>
  )
}
