import { Icon } from '../icon.tsx'

interface ReviewStepsProps {
  hasEvidence: boolean
  hasProposal: boolean
  isDecided: boolean
  isClosed: boolean
  /** When votes are due, in words. */
  due: string
}

/** Where the decision on one type stands. */
export function ReviewSteps({ hasEvidence, hasProposal, isDecided, isClosed, due }: ReviewStepsProps) {
  const steps = [
    { text: 'Open', isDone: true },
    { text: 'Evidence frozen', isDone: hasEvidence },
    { text: 'Proposal', isDone: hasProposal },
    { text: isDecided ? 'Votes' : `Votes, due ${due}`, isDone: isDecided },
    { text: 'Decided', isDone: isDecided },
    { text: 'Closed', isDone: isClosed },
  ]
  const current = isDecided ? -1 : steps.findIndex((step) => !step.isDone)
  return (
    <ol className="steps" aria-label="Where this decision stands">
      {steps.map((step, index) => (
        <li key={step.text} aria-current={index === current ? 'step' : undefined}>
          {step.isDone ? (
            <span className="done">
              <Icon name="pass" />
              <span className="hidden">done: </span>
            </span>
          ) : null}
          {step.text}
        </li>
      ))}
    </ol>
  )
}
