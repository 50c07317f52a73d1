/**
 * A call of the API, as a pipeline of four stages:
 *
 * 1. decode: the request has the fields and types of its action;
 * 2. check: its values are in their ranges, its moment is not before the last call, and it names
 *    this cluster;
 * 3. resolve: what it names exists (tasks, instances, definitions, providers);
 * 4. apply: the next state and the answer.
 *
 * Each stage may end the call with an exception; then nothing has changed.
 */
import { decodeValue, type Codec } from '@stowage/documents'
import type { Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { checkInstant } from '../cluster/clock.js'
import type { CallResult, EcsState } from '../cluster/state.js'
import type { Complaint } from '../words/complaint.js'
import { refusing, type ApiException, type ExceptionName } from '../words/exception.js'
import { idIn } from '../words/task.js'

/** A request that was decoded, with the state and the moment of the call. */
export interface Call<Request> {
  readonly state: EcsState
  readonly request: Request
  /** The request as it was given; messages quote it. */
  readonly raw: unknown
  readonly at: Instant
}

/** An action: how its request is decoded and checked, and what it does. */
export interface ApiAction<Request, Answer> {
  readonly codec: Codec<Request>
  /** Complaints about the request, whatever it names. */
  readonly check: (call: Call<Request>) => readonly Complaint[]
  /** The exception for complaints of `check`; InvalidParameterException when absent. */
  readonly exception?: ExceptionName
  /** Resolves and applies. The moment of `call.state` is the call's. */
  readonly apply: (call: Call<Request>) => CallResult<Answer>
}

/** Performs an action on a state. */
export const perform =
  <Request, Answer>(action: ApiAction<Request, Answer>) =>
  (state: EcsState, raw: unknown, at: Instant): CallResult<Answer> =>
    pipe(
      decodeRequest(action.codec, raw),
      E.map((request): Call<Request> => ({ state, request, raw, at })),
      E.chain((call) => refusedFor(call, action.check(call), action.exception)),
      E.chain((call) => refusedFor(call, checkInstant(state, at))),
      E.chain((call) => refusedFor(call, checkCluster(call), 'ClusterNotFoundException')),
      E.chain((call) => action.apply({ ...call, state: { ...state, at } })),
    )

/** An action whose request needs no more than its codec. */
export const unchecked = (): readonly Complaint[] => []

/** The exception of a call. */
export const refuse = <Request>(
  { raw }: Pick<Call<Request>, 'raw'>,
  complaints: readonly Complaint[],
  exception?: ExceptionName,
): E.Either<ApiException, never> => E.left(refusing(raw, complaints, exception))

/** The call itself when there are no complaints. */
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
    decodeValue(codec, raw),
    E.mapLeft((complaints) => refusing(raw, complaints)),
  )

/** A request that names no cluster means this one. */
const checkCluster = ({ state, request }: Call<unknown>): readonly Complaint[] => {
  const { cluster } = state.options
  const named = (request as { readonly cluster?: string | undefined }).cluster ?? cluster
  return idIn(named) === cluster ? [] : [{ at: ['cluster'], expected: cluster }]
}
