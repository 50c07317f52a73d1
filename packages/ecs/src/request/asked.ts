/** A call read, checked against itself, the cluster's name and the clock, and held against the definition that it names. */
import * as E from 'fp-ts/lib/Either.js'
import type { ClusterState } from '../cluster/state.js'
import type { TaskRequest, Workload } from '../lower/workload.js'
import { resolve } from '../plan/reference.js'
import type { Codec } from '../words/codec.js'
import { decode, type Complaint } from '../words/complaint.js'
import { instantText } from '../words/instant.js'
import { idIn } from '../words/task.js'
import type { TaskDefinition } from '../words/task-definition.js'
import type { RunTaskRequest, StartTaskRequest } from '../words/task-request.js'
import { refusing, type ApiException } from './exception.js'
import { overridden } from './overridden.js'

/** What was asked, or the exception that the API throws. */
export const asked = <Request extends { readonly cluster?: string | undefined }>(
  state: ClusterState,
  raw: unknown,
  at: number,
  codec: Codec<Request>,
  check: (request: Request) => readonly Complaint[],
): E.Either<ApiException, Request> => {
  const decoded = decode(codec, raw)
  if (E.isLeft(decoded)) return E.left(refusing(raw, decoded.left))
  const request = decoded.right
  const complaints = [...check(request), ...checkMoment(state, at)]
  if (complaints.length > 0) return E.left(refusing(raw, complaints))
  const { cluster } = state.options
  return idIn(request.cluster ?? cluster) === cluster
    ? E.right(request)
    : E.left(refusing(raw, [{ at: ['cluster'], expected: cluster }], 'ClusterNotFoundException'))
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

const pickRules = ({
  placementConstraints,
  placementStrategy,
  platformVersion,
}: TaskRequest): TaskRequest => ({ placementConstraints, placementStrategy, platformVersion })

export const meant = (
  { families, options }: ClusterState,
  raw: unknown,
  request: RunTaskRequest | StartTaskRequest,
  rules: Pick<TaskRequest, 'placementConstraints' | 'placementStrategy' | 'platformVersion'>,
): E.Either<ApiException, Meant> => {
  const found = resolve(families, request.taskDefinition)
  if (E.isLeft(found))
    return E.left(
      refusing(raw, [{ at: ['taskDefinition'], expected: found.left }], 'ClientException'),
    )
  const { value: definition, revision, part } = found.right
  const { subnets = [] } = request.networkConfiguration?.awsvpcConfiguration ?? {}
  const unknown = subnets.findIndex((subnet) => !Object.hasOwn(options.subnetZones, subnet))
  const isTold = Object.keys(options.subnetZones).length > 0
  if (isTold && unknown >= 0)
    return E.left(
      refusing(raw, [
        {
          at: ['networkConfiguration', 'awsvpcConfiguration', 'subnets', unknown],
          expected: `a subnet whose zone is told: ${Object.keys(options.subnetZones).join(', ')}`,
        },
      ]),
    )
  const zones =
    isTold && subnets.length > 0 ? subnets.map((each) => options.subnetZones[each]!) : undefined
  const workload = {
    name: definition.family,
    subject: `task definition ${definition.family}`,
    from: part.from,
    definition: overridden(definition, request.overrides),
    request: { ...pickRules(rules), group: request.group, zones, subnets },
  }
  return E.right({ definition, revision, workload })
}
