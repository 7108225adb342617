/** Of many different questions (filters, months) so many answers are kept, the last used. */
const mostAnswers = 64

/** What was read already, by question. A question that was asked and not answered yet is not asked again; one that failed is. */
export class KeptAnswers {
  /** The last used last. */
  readonly #answers = new Map<string, Promise<unknown>>()

  /** The kept answer, else what `read` gives. The question tells everything the answer depends on; nobody may change what they get. */
  get<Answer>(question: string, read: () => Promise<Answer>): Promise<Answer> {
    const answer = (this.#answers.get(question) as Promise<Answer> | undefined) ?? read()
    this.#answers.delete(question)
    this.#answers.set(question, answer)
    answer.catch(() => {
      if (this.#answers.get(question) === answer) this.#answers.delete(question)
    })
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= mostAnswers) break
      this.#answers.delete(oldest)
    }
    return answer
  }

  /** Asked once more, the question is read anew. */
  forget(question: string): void {
    this.#answers.delete(question)
  }
}
