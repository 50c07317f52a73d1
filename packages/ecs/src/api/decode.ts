/**
 * A call read, checked against itself, the cluster's name and the clock, and held against the
 * definition that it names.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ClusterState } from '../cluster/state.js'
import type { TaskRequest, Workload } from '../workload/workload.js'
import type { Definition } from '../workload/family.js'
import { resolve } from '../workload/reference.js'
import type { Codec } from '../words/codec.js'
import { decode, type Complaint, type Path } from '../words/complaint.js'
import { instantText } from '../words/instant.js'
import type { NetworkConfiguration } from '../words/network-configuration.js'
import { idIn } from '../words/task.js'
import { isActive, type TaskDefinition } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'
import { refusing, type ApiException, type ExceptionName } from '../words/exception.js'
import { overridden } from '../workload/override.js'

/** What was asked of a cluster, or the exception that the API throws. */
export const asked = <Request extends { readonly cluster?: string | undefined }>(
  state: ClusterState,
  raw: unknown,
  at: number,
  codec: Codec<Request>,
  check: (request: Request) => readonly Complaint[],
): E.Either<ApiException, Request> => {
  const read = askedOfAny(state, raw, at, codec, check)
  if (E.isLeft(read)) return read
  const { cluster } = state.options
  return idIn(read.right.cluster ?? cluster) === cluster
    ? read
    : E.left(refusing(raw, [{ at: ['cluster'], expected: cluster }], 'ClusterNotFoundException'))
}

/**
 * As `asked`, of calls that name no cluster. `exception` is what is thrown for what `check` finds.
 */
export const askedOfAny = <Request>(
  state: ClusterState,
  raw: unknown,
  at: number,
  codec: Codec<Request>,
  check: (request: Request) => readonly Complaint[],
  exception?: ExceptionName,
): E.Either<ApiException, Request> => {
  const decoded = decode(codec, raw)
  if (E.isLeft(decoded)) return E.left(refusing(raw, decoded.left))
  const complaints = check(decoded.right)
  if (complaints.length > 0) return E.left(refusing(raw, complaints, exception))
  const late = checkMoment(state, at)
  return late.length > 0 ? E.left(refusing(raw, late)) : decoded
}

/** Time comes with each call and does not go back. */
const checkMoment = (state: ClusterState, at: number): readonly Complaint[] => {
  if (instantText(at) === undefined)
    return [{ at: ['at'], found: String(at), expected: 'seconds since 1970, up to the year 9999' }]
  return at >= state.at
    ? []
    : [{ at: ['at'], found: String(at), expected: `no earlier than the last call, at ${state.at}` }]
}

export interface Meant {
  readonly definition: TaskDefinition
  readonly revision: number
  /** With the call's overrides, group, constraints and strategies. */
  readonly workload: Workload
}

export const meant = (
  state: ClusterState,
  raw: unknown,
  request: RunTaskRequest | StartTaskRequest,
  rules: Pick<TaskRequest, 'placementConstraints' | 'placementStrategy' | 'platformVersion'>,
): E.Either<ApiException, Meant> => {
  const found = definitionMeant(state, raw, request.taskDefinition, [])
  if (E.isLeft(found)) return found
  const { value: definition, revision, part } = found.right
  if (!isActive(definition)) {
    const expected = `a task definition that is ACTIVE, as ${definition.family}:${revision} is not`
    return E.left(refusing(raw, [{ at: ['taskDefinition'], expected }], 'ClientException'))
  }
  const network = networkMeant(state, raw, request.networkConfiguration, [])
  if (E.isLeft(network)) return network
  const { placementConstraints, placementStrategy, platformVersion } = rules
  const workload = {
    name: definition.family,
    subject: `task definition ${definition.family}`,
    from: part.from,
    definition: overridden(definition, request.overrides),
    request: {
      ...{ placementConstraints, placementStrategy, platformVersion },
      group: request.group,
      ...network.right,
    },
  }
  return E.right({ definition, revision, workload })
}

/** `at` is the place of what names it, in the call. */
export const definitionMeant = (
  { families }: ClusterState,
  raw: unknown,
  reference: string,
  at: Path,
): E.Either<ApiException, Definition> =>
  E.mapLeft((expected: string) =>
    refusing(raw, [{ at: [...at, 'taskDefinition'], expected }], 'ClientException'),
  )(resolve(families, reference))

/** The subnets, with their zones where these are told. */
export const networkMeant = (
  { options }: ClusterState,
  raw: unknown,
  configuration: NetworkConfiguration | undefined,
  at: Path,
): E.Either<ApiException, Pick<TaskRequest, 'zones' | 'subnets'>> => {
  const { subnets = [] } = configuration?.awsvpcConfiguration ?? {}
  const told = Object.keys(options.subnetZones)
  if (told.length === 0 || subnets.length === 0) return E.right({ subnets })
  const unknown = subnets.findIndex((subnet) => !told.includes(subnet))
  if (unknown < 0)
    return E.right({ subnets, zones: subnets.map((each) => options.subnetZones[each]!) })
  const place = [...at, 'networkConfiguration', 'awsvpcConfiguration', 'subnets', unknown]
  return E.left(
    refusing(raw, [{ at: place, expected: `a subnet whose zone is told: ${told.join(', ')}` }]),
  )
}
