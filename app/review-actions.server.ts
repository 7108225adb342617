import { z } from 'zod'
import { reauthenticate } from '#governance/accounts/reauthenticate.ts'
import type { User } from '#governance/accounts/user.ts'
import { isBelow, oversightLevels } from '#governance/evaluate/levels.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { findRegisteredType } from '#governance/registry/list-registered-types.ts'
import { recordBaseline } from '#governance/registry/record-baseline.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { typeInputSchema } from '#governance/registry/type-input.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getProposalFacts } from '#governance/review/proposals-of.ts'
import { propose } from '#governance/review/propose.ts'
import { recordCaseOpened } from '#governance/review/record-opening.ts'
import { withdrawProposal } from '#governance/review/withdraw-proposal.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { type FormErrors, fieldErrors } from './form-errors.ts'
import { ledger } from './ledger.server.ts'
import { freezeEvidenceOf } from './review-room.server.ts'
import { startSession } from './session.server.ts'

interface ReviewAction {
  month: string
  interactionType: string
  intent: string
  form: Record<string, FormDataEntryValue>
  user: User
}

type Outcome = { errors: FormErrors } | { headers: Record<string, string> }

const reason = z.string().max(4000, 'At most 4000 characters.')
const required = (what: string) => z.string(what).trim().min(1, what)
const password = z.string('Give your password to sign.').min(1, 'Give your password to sign.')

const proposalForm = z.object({
  action: z.enum(['expand', 'keep', 'reduce'], 'Choose what to propose.'),
  reason,
})

const voteForm = z
  .object({
    proposalId: required('The proposal is missing. Load the page again.'),
    evidenceHash: required('The evidence is missing. Load the page again.'),
    vote: z.enum(['approve', 'reject', 'abstain'], 'Choose how you vote.'),
    reason,
    password,
  })
  .refine((ballot) => ballot.vote === 'approve' || ballot.reason.trim() !== '', {
    path: ['reason'],
    message: 'Say why you reject or abstain.',
  })

const withdrawalForm = z.object({ proposalId: z.string(), withdrawalReason: required('Say why it is taken back.') })

const levelForm = z.object({
  level: z.enum(oversightLevels, 'Choose the level in force today.'),
  reason: reason.trim().min(1, 'Say how you know the level.'),
  password,
})
const registrationForm = typeInputSchema.omit({ interactionType: true, isDisclosureAttested: true }).extend({
  area: typeInputSchema.shape.area,
  ownerId: required('Choose who answers for this type.'),
})

/**
 * Carries out one form of the page of a type in a review. Gives the reasons per field when it cannot be read; throws
 * what the use cases throw. A signature gives the browser a new session id.
 */
export async function actOnReviewType(request: Request, input: ReviewAction): Promise<Outcome> {
  switch (input.intent) {
    case 'propose':
      return proposeAction(input)
    case 'vote':
      return voteAction(request, input)
    case 'open-case':
      return openCaseAction(input)
    case 'withdraw':
      return withdrawAction(input)
    case 'baseline':
      return baselineAction(request, input)
    case 'freeze':
      await freezeEvidenceOf(input.month, input.user.id, input.interactionType)
      return { headers: {} }
    default:
      throw new OversightError('bad_input', 'This form is not known. Load the page again.')
  }
}

async function proposeAction({ form, month, interactionType, user }: ReviewAction): Promise<Outcome> {
  const parsed = proposalForm.safeParse(form)
  if (!parsed.success) return { errors: fieldErrors(parsed.error) }
  await propose(await ledger(), { ...parsed.data, month, interactionType, by: user.id }, systemClock())
  return { headers: {} }
}

async function voteAction(request: Request, input: ReviewAction): Promise<Outcome> {
  const { form, user } = input
  const parsed = voteForm.safeParse(form)
  if (!parsed.success) return { errors: fieldErrors(parsed.error) }
  await refuseProposalOfAnotherPage(input, parsed.data.proposalId)
  await castVote(await ledger(), { ...parsed.data, by: user.id }, systemClock())
  return { headers: { 'Set-Cookie': await startSession(request, user.id) } }
}

async function openCaseAction({ form, month, interactionType, user }: ReviewAction): Promise<Outcome> {
  const caseKey = String(form.caseKey ?? '')
  await recordCaseOpened(await ledger(), { month, interactionType, caseKey, by: user.id }, systemClock())
  return { headers: {} }
}

async function withdrawAction(input: ReviewAction): Promise<Outcome> {
  const { form, user } = input
  const parsed = withdrawalForm.safeParse(form)
  if (!parsed.success) return { errors: fieldErrors(parsed.error) }
  const { proposalId, withdrawalReason } = parsed.data
  await refuseProposalOfAnotherPage(input, proposalId)
  await withdrawProposal(await ledger(), { proposalId, reason: withdrawalReason, by: user.id }, systemClock())
  return { headers: {} }
}

/** One signs what the page shows: a form may not name a proposal of another month or type. */
async function refuseProposalOfAnotherPage(
  { month, interactionType }: ReviewAction,
  proposalId: string,
): Promise<void> {
  const { row } = await getProposalFacts((await ledger()).db, proposalId)
  if (row.review_month === month && row.interaction_type === interactionType) return
  throw new OversightError(
    'conflict',
    `This proposal is not about ${interactionType} in ${month}, so nothing was signed. Load the page again.`,
  )
}

async function baselineAction(request: Request, input: ReviewAction): Promise<Outcome> {
  const { form, month, interactionType, user } = input
  const open = await ledger()
  const isRegistered = (await findRegisteredType(open, interactionType)) !== undefined
  const level = levelForm.safeParse(form)
  const registration = isRegistered ? undefined : registrationForm.safeParse(form)
  const problems = [level, registration].flatMap((parsed) =>
    parsed === undefined || parsed.success ? [] : [fieldErrors(parsed.error)],
  )
  if (problems.length > 0) {
    const fields = Object.assign({}, ...problems.map((problem) => problem.fields))
    return { errors: { fields, form: problems.find((problem) => problem.form !== null)?.form ?? null } }
  }
  if (!level.success || registration?.success === false) throw new OversightError('internal', 'Unreachable.')
  if (registration !== undefined) {
    // Before anything is written, so that what the baseline refuses leaves no half of it behind.
    const fields = baselineFaults(registration.data, level.data.level, user)
    if (Object.keys(fields).length > 0) return { errors: { fields, form: null } }
    await reauthenticate(open, { by: user.id, password: level.data.password }, systemClock())
    const isDisclosureAttested = form.isDisclosureAttested === 'on'
    await registerType(
      open,
      { ...registration.data, interactionType, isDisclosureAttested, by: user.id },
      systemClock(),
    )
  }
  await recordBaseline(open, { ...level.data, interactionType, by: user.id }, systemClock())
  // The gates of a registered type have limits: judge it again with them.
  await freezeEvidenceOf(month, user.id, interactionType)
  return { headers: { 'Set-Cookie': await startSession(request, user.id) } }
}

/** What a registration may say but its own first level, signed by this person, may not. */
function baselineFaults(
  registration: z.infer<typeof registrationForm>,
  level: OversightLevel,
  user: User,
): Record<string, string> {
  return {
    ...(isBelow(registration.ceiling, level) ? { ceiling: 'The level in force today lies beyond this ceiling.' } : {}),
    ...(registration.ownerId === user.id
      ? { ownerId: 'The owner may not sign the level of the type. Choose somebody else.' }
      : {}),
  }
}
