import { InvalidArgumentError } from 'commander'
import { OversightError } from '#models/oversight-error.ts'

/** A parser of ours as the command line needs it: what it refuses is wrong usage (exit code 2), not a failure. */
export function parseArgument<Value>(parse: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof OversightError) throw new InvalidArgumentError(error.message)
      throw error
    }
  }
}
