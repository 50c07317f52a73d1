/**
 * Performs an action of the Amazon ECS API in a pipeline of four stages:
 *
 * 1. decode: checks the fields and types of the request;
 * 2. check: checks ranges, that time does not go back, and that the request names this cluster;
 * 3. resolve: finds the records that the request names, such as tasks and instances;
 * 4. apply: computes the next state and the answer.
 *
 * A stage that finds an error ends the call with an exception, and the state stays as it was.
 */
import { decodeValue, nestingFaults, type Codec, type DocumentFault } from '@stowage/documents'
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { checkInstant } from '../cluster/clock.js'
import type { CallResult, EcsState } from '../cluster/state.js'
import type { Complaint } from '../words/complaint.js'
import { exceptionFor, type ApiException, type ExceptionName } from '../words/exception.js'
import { idIn } from '../words/task.js'
import type { InputOf } from './input-of.js'

/** A decoded request, with the state and the time of the call. */
export interface Call<Request> {
  readonly state: EcsState
  readonly request: Request
  /** The request before decoding; messages quote it. */
  readonly raw: unknown
  readonly at: Instant
}

/** An action of the API: how its request is decoded and checked, and what it does. */
export interface ApiAction<Request, Answer> {
  readonly codec: Codec<Request>
  /** Complaints about the values of the request; `apply` looks up what it names. */
  readonly check: (call: Call<Request>) => readonly Complaint[]
  /** The exception for complaints of `check`: InvalidParameterException when absent. */
  readonly exception?: ExceptionName
  /** Resolves and applies. `call.state.at` is already the time of the call. */
  readonly apply: (call: Call<Request>) => CallResult<Answer>
}

/**
 * A function that performs an action. The request is typed as callers write it, and may have fields
 * beside those that placement reads: a type parameter lets them through.
 */
export type Performance<Request, Answer> = <WrittenRequest extends InputOf<Request>>(
  state: EcsState,
  request: WrittenRequest,
  at: Instant,
) => CallResult<Answer>

/** Turns an action into a function of the state, the request and the time. */
export const perform =
  <Request, Answer>(action: ApiAction<Request, Answer>): Performance<Request, Answer> =>
  (state, raw, at) =>
    performRaw(action, state, raw, at)

/** Performs an action for a request that nobody has typed, such as the body of an HTTP call. */
export const performRaw = <Request, Answer>(
  action: ApiAction<Request, Answer>,
  state: EcsState,
  raw: unknown,
  at: Instant,
): CallResult<Answer> =>
  pipe(
    decodeRequest(action.codec, raw),
    E.map((request): Call<Request> => ({ state, request, raw, at })),
    E.chain((call) => refusedFor(call, action.check(call), action.exception)),
    E.chain((call) => refusedFor(call, checkInstant(state, at))),
    E.chain((call) => refusedFor(call, checkCluster(call), 'ClusterNotFoundException')),
    E.chain((call) => action.apply({ ...call, state: { ...state, at } })),
  )

/** The `check` of an action whose codec checks all of its request. */
export const noComplaints = (): readonly Complaint[] => []

/** Ends a call with an exception that lists the complaints. */
export const refuse = <Request>(
  { raw }: Pick<Call<Request>, 'raw'>,
  complaints: readonly Complaint[],
  exception?: ExceptionName,
): E.Either<ApiException, never> => E.left(exceptionFor(raw, complaints, exception))

/** Ends a call when there are complaints; otherwise returns the call itself. */
export const refusedFor = <Request>(
  call: Call<Request>,
  complaints: readonly Complaint[],
  exception?: ExceptionName,
): E.Either<ApiException, Call<Request>> =>
  complaints.length > 0 ? refuse(call, complaints, exception) : E.right(call)

const decodeRequest = <Request>(
  codec: Codec<Request>,
  raw: unknown,
): E.Either<ApiException, Request> =>
  pipe(
    checkNesting(raw),
    E.chain(() => decodeValue(codec, raw)),
    E.mapLeft((complaints) => exceptionFor(raw, complaints)),
  )

/** A call is compared, and stored, as a whole: deeper fields would overflow the stack. */
const checkNesting = (raw: unknown): E.Either<readonly DocumentFault[], unknown> => {
  const deep = nestingFaults({ from: '', value: raw })
  return deep.length > 0 ? E.left(deep) : E.right(raw)
}

/** A request that names no cluster is for this one. */
const checkCluster = ({ state, request }: Call<unknown>): readonly Complaint[] => {
  const { cluster } = state.options
  const named = (request as { readonly cluster?: string | undefined }).cluster ?? cluster
  return idIn(named) === cluster ? [] : [{ at: ['cluster'], expected: cluster }]
}
