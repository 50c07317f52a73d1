/**
 * Performs an API call about services on the state of a simulation, in three stages:
 *
 * 1. decode: checks the fields and types of the request;
 * 2. resolve: finds the objects that the request names, in a state that allows the action;
 * 3. try: checks that the ECS controller accepts the events that the call causes.
 *
 * The result is (1) the events, which the caller must pass to the simulation, and (2) a function
 * that makes the API's answer from the state after these events.
 */
import { decodeValue, type Codec } from '@stowage/documents'
import { batch, type Instant, type StepEvent, type StepState } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { ecsController } from '../controller/ecs-controller.js'
import { emptyMemory, type EcsMemory, type ServiceRecord } from '../memory/memory.js'
import { controllerOptions, type EcsControllerOptions } from '../memory/options.js'
import { clusterOptions, type ClusterOptions } from '../cluster/options.js'
import type { Complaint } from '../words/complaint.js'
import { exceptionFor, type ApiException, type ExceptionName } from '../words/exception.js'
import { idIn } from '../words/task.js'

/** The cluster that the state is of, and how its controller was made. */
export interface ServiceCallOptions extends Pick<ClusterOptions, 'cluster' | 'region' | 'account'> {
  readonly controller: Partial<EcsControllerOptions>
}

/** The defaults. */
export const serviceCallOptions: ServiceCallOptions = {
  cluster: clusterOptions.cluster,
  region: clusterOptions.region,
  account: clusterOptions.account,
  controller: {},
}

/** What a call comes to. */
export interface ServiceCall<Answer> {
  /** Facts for `step`, at the instant of the call; none for a call that only reads. */
  readonly events: readonly StepEvent[]
  /** The answer, in the spelling of the API, of a state after the events. */
  readonly answer: (state: StepState) => Answer
}

/** The outcome of a call: the exception that the API throws, or what to do and to answer. */
export type ServiceCallResult<Answer> = E.Either<ApiException, ServiceCall<Answer>>

/** A decoded request, with the state and the time of the call. */
export interface ServiceRequest<Request> {
  readonly state: StepState
  readonly request: Request
  readonly raw: unknown
  readonly at: Instant
  readonly options: ServiceCallOptions
}

/** An action about services. */
export interface ServiceAction<Request, Answer> {
  readonly codec: Codec<Request>
  readonly apply: (call: ServiceRequest<Request>) => ServiceCallResult<Answer>
}

/**
 * Performs an action.
 *
 * The call does not change the state: the third stage runs in a draft (a copy of the cluster) that
 * is discarded. The controller validates the events, so the API and the controller cannot disagree,
 * and a log contains calls as events.
 */
export const performCall = <Request, Answer>(
  { codec, apply }: ServiceAction<Request, Answer>,
  state: StepState,
  raw: unknown,
  at: Instant,
  given: Partial<ServiceCallOptions>,
): ServiceCallResult<Answer> => {
  const options = { ...serviceCallOptions, ...given }
  const decoded = decodeValue(codec, raw)
  if (E.isLeft(decoded)) return E.left(exceptionFor(raw, decoded.left))
  if (at < state.now)
    return E.left(
      exceptionFor(raw, [{ at: [], found: `a call at ${at}`, expected: `${state.now} or later` }]),
    )
  const { cluster = options.cluster } = decoded.right as { readonly cluster?: string }
  if (idIn(cluster) !== options.cluster)
    return E.left(
      exceptionFor(
        raw,
        [{ at: ['cluster'], expected: options.cluster }],
        'ClusterNotFoundException',
      ),
    )
  return apply({ state, request: decoded.right, raw, at, options })
}

/** Ends a call with an exception. */
export const refuseCall = (
  { raw }: Pick<ServiceRequest<unknown>, 'raw'>,
  complaint: Complaint,
  exception?: ExceptionName,
): E.Either<ApiException, never> => E.left(exceptionFor(raw, [complaint], exception))

/** What the controller remembers. */
export const memoryIn = ({ memories }: StepState): EcsMemory =>
  (memories.get('ecs') as EcsMemory | undefined) ?? emptyMemory

/** The service of a name or an ARN. */
export const findService = (state: StepState, reference: string): ServiceRecord | undefined =>
  memoryIn(state).services.get(idIn(reference))

/** The service of a name or an ARN, when it was deleted and has no task any more. */
export const findInactive = (state: StepState, reference: string): ServiceRecord | undefined =>
  memoryIn(state).inactive.find(({ service }) => service.serviceName === idIn(reference))

/** A fact for the controller. */
export const factOf = (at: Instant, about: string, report: unknown): StepEvent => ({
  ...{ at, _tag: 'Reported', controller: 'ecs' },
  ...{ about, report },
})

/** Refuses a call whose fact the controller does not take, with the path into the request. */
export const tryFact = (
  call: ServiceRequest<unknown>,
  about: string,
  report: unknown,
): E.Either<ApiException, undefined> => {
  const { learn } = ecsController({ ...controllerOptions, ...call.options.controller })
  const [, nextMemory] = batch(call.state.cluster, (draft) =>
    learn!(draft, memoryIn(call.state), { about, report, now: call.at }),
  )
  if (E.isRight(nextMemory)) return E.right(undefined)
  const { at, found, expected } = nextMemory.left
  return refuseCall(call, { at, found, expected })
}

/** Reports a fact, unless the controller does not take it, and answers of the state after it. */
export const reportFact = <Answer>(
  call: ServiceRequest<unknown>,
  about: string,
  report: unknown,
  answer: ServiceCall<Answer>['answer'],
): ServiceCallResult<Answer> =>
  E.map(() => ({ events: [factOf(call.at, about, report)], answer }))(tryFact(call, about, report))

/** The ARN of a service. */
export const serviceArnOf = ({ region, account, cluster }: ServiceCallOptions, name: string) =>
  `arn:aws:ecs:${region}:${account}:service/${cluster}/${name}`

/** The ARN of the cluster. */
export const clusterArnOf = ({ region, account, cluster }: ServiceCallOptions): string =>
  `arn:aws:ecs:${region}:${account}:cluster/${cluster}`

/** The ARN of a deployment of a service, `ecs-svc/7`. */
export const deploymentArnOf = (
  { region, account, cluster }: ServiceCallOptions,
  name: string,
  deployment: string,
): string =>
  `arn:aws:ecs:${region}:${account}:service-deployment/${cluster}/${name}/${idIn(deployment)}`
