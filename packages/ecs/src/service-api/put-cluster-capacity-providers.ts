/**
 * PutClusterCapacityProviders: sets the capacity providers of the cluster and its default strategy.
 *
 * Source: Amazon ECS API Reference, PutClusterCapacityProviders.
 */
import { nonEmptyText, record, type Codec } from '@stowage/documents'
import { clusterProviderFields } from '../capacity/learn-cluster.js'
import type { ClusterProviders } from '../memory/capacity-memory.js'
import { answeredCluster, type AnsweredCluster } from './capacity-provider-answer.js'
import { memoryIn, reportFact, refuseCall, type ServiceAction } from './service-call.js'

/** The request of PutClusterCapacityProviders. */
export interface PutClusterCapacityProvidersRequest extends ClusterProviders {
  readonly cluster: string
}
const PutClusterCapacityProvidersRequest: Codec<PutClusterCapacityProvidersRequest> =
  record<PutClusterCapacityProvidersRequest>('a call of PutClusterCapacityProviders', {
    ...clusterProviderFields,
    cluster: nonEmptyText('the name or the ARN of a cluster'),
  })

/** The answer: the cluster. */
export interface OneCluster {
  readonly cluster: AnsweredCluster
}

export const putClusterCapacityProvidersAction: ServiceAction<
  PutClusterCapacityProvidersRequest,
  OneCluster
> = {
  codec: PutClusterCapacityProvidersRequest,
  apply: (call) => {
    const { cluster: _, ...report } = call.request
    const { services } = memoryIn(call.state)
    for (const { service } of services.values())
      for (const { capacityProvider } of service.capacityProviderStrategy ?? [])
        if (!report.capacityProviders.includes(capacityProvider))
          return refuseCall(
            call,
            {
              ...{ at: ['capacityProviders'], found: `none of the name ${capacityProvider}` },
              expected: `${capacityProvider} among them, which service ${service.serviceName} uses`,
            },
            'ResourceInUseException',
          )
    return reportFact(call, 'cluster', report, (state) => ({
      cluster: answeredCluster(state, call.options),
    }))
  },
}
