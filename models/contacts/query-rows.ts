/** The rows of a query that a function builds. */
export type QueryRows<T extends (...args: never[]) => { execute(): Promise<unknown[]> }> = Awaited<
  ReturnType<ReturnType<T>['execute']>
>[number]
