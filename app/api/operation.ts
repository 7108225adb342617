import { z } from 'zod'
import type { ApiScope } from '#governance/accounts/api-scopes.ts'
import type { TokenBearer } from '#governance/accounts/authenticate-token.ts'

interface OperationBase<Params extends z.ZodObject, Query extends z.ZodObject> {
  /** Unique; what generated clients call it. */
  id: string
  /** Below /api/v1, parameters in braces. */
  path: `/${string}`
  scope: ApiScope
  summary: string
  description: string
  params: Params
  query: Query
}

interface Asked<Params extends z.ZodObject, Query extends z.ZodObject> {
  params: z.output<Params>
  query: z.output<Query>
  bearer: TokenBearer
}

/** Answers with JSON: exactly what the schema names, whatever more there is. */
export interface JsonOperation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
> extends OperationBase<Params, Query> {
  kind: 'json'
  response: Body
  answer(asked: Asked<Params, Query>): Promise<z.input<Body>>
}

/** Bytes that are made while they are sent. */
interface Stream {
  mediaType: string
  etag: string
  headers: Readonly<Record<string, string>>
  /** Starts the work; not called when only the headers are asked for. */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
}

/** Answers with a file in the media type that the client takes. */
export interface StreamOperation<Params extends z.ZodObject = z.ZodObject, Query extends z.ZodObject = z.ZodObject>
  extends OperationBase<Params, Query> {
  kind: 'stream'
  mediaTypes: readonly string[]
  /** @param mediaType the first of `mediaTypes` that the client's Accept allows; undefined: none of them */
  answer(asked: Asked<Params, Query> & { mediaType: string | undefined }): Promise<Stream>
}

export type Operation = JsonOperation | StreamOperation

/** Takes the types of parameters and answer from the schemas, once. */
export function jsonOperation<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  operation: Omit<JsonOperation<Params, Query, Body>, 'kind'>,
): JsonOperation {
  return { kind: 'json', ...operation } as unknown as JsonOperation
}

export function streamOperation<Params extends z.ZodObject, Query extends z.ZodObject>(
  operation: Omit<StreamOperation<Params, Query>, 'kind'>,
): StreamOperation {
  return { kind: 'stream', ...operation } as unknown as StreamOperation
}

/** No parameters; one that is given all the same is refused, so that a misspelt filter never answers with everything. */
export const none = z.strictObject({})
