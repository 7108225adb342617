import { Form } from '@remix-run/react'
import type { FailingContact } from '#models/contacts/list-failing-contacts.ts'
import { countOf, formatInstant } from '#models/format-metric.ts'
import type { FormErrors } from '../../form-errors.ts'
import type { ReviewCases } from '../../review-cases.server.ts'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { Status } from '../status.tsx'

interface CasesPanelProps {
  cases: ReviewCases
  /** The vote waits until all are opened; not where the proposal is to reduce. */
  isRequired: boolean
  timeZone: string
  errors: FormErrors | undefined
}

/** What one looks at before signing: contacts that failed, drawn at random, and the case against what is proposed. */
export function CasesPanel({ cases, isRequired, timeZone, errors }: CasesPanelProps) {
  const { drawn, against, failedCount } = cases
  return (
    <section className="sign" aria-labelledby="before">
      <div>
        <h2 id="before">Before you vote</h2>
        {against === null ? null : (
          <>
            <p className="soft">{against.sentence}</p>
            {against.worst === null ? null : (
              <p className="soft gap">The worst failed contact: {contactSentence(against.worst, timeZone)}</p>
            )}
          </>
        )}
      </div>
      <div>
        {drawn.length === 0 ? (
          <p className="soft">No reviewed contact failed in these months, so there is none to open.</p>
        ) : (
          <>
            <p className="soft">
              {isRequired ? 'Open' : 'To look at, not required to reduce:'} {countOf(drawn.length, 'failed contact')},
              drawn at random for you from {failedCount}.
            </p>
            {errors?.form ? (
              <div className="gap">
                <Notice kind="fail">{errors.form}</Notice>
              </div>
            ) : null}
            <ol className="cases">
              {drawn.map((each, index) => (
                <li key={each.caseKey}>
                  {each.openedAt === null ? (
                    <Form method="post" preventScrollReset>
                      <input type="hidden" name="caseKey" value={each.caseKey} />
                      <Button size="small" name="intent" value="open-case">
                        Open contact {index + 1}
                      </Button>
                    </Form>
                  ) : (
                    <>
                      <Status kind="pass" word="Opened" />{' '}
                      {each.contact === null ? (
                        <span>The data no longer holds this contact: it was erased or judged anew.</span>
                      ) : (
                        <>
                          <span>{contactSentence(each.contact, timeZone)}</span>
                          {isWebAddress(each.contact.url) ? (
                            <>
                              {' '}
                              <a href={each.contact.url ?? ''} target="_blank" rel="noreferrer">
                                Read it at the source
                              </a>
                            </>
                          ) : null}
                        </>
                      )}
                    </>
                  )}
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </section>
  )
}

const handlers = { ai: 'sent by AI alone', ai_assisted: 'approved by a person' } as const

function contactSentence(contact: FailingContact, timeZone: string): string {
  const { interactionId, source, startedAt, channel, handledBy, aiVersion, defect, severity, qaScore } = contact
  const wrong = [severity, defect?.replaceAll('_', ' ') ?? 'failed its review'].filter(Boolean).join(' ')
  return [
    `${interactionId} (${source}), ${formatInstant(startedAt, timeZone)}, ${channel}`,
    `${handlers[handledBy]}, AI ${aiVersion}`,
    `${wrong}${qaScore === null ? '' : `, QA score ${Math.round(qaScore)} of 100`}.`,
  ].join(', ')
}

function isWebAddress(url: string | null): boolean {
  return url !== null && /^https?:\/\//i.test(url)
}
