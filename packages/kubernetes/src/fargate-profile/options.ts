/**
 * What AWS leaves open about pods on Fargate, or what files do not say, each as an option with its
 * default.
 */
import {
  fargateOptions,
  launchRates,
  podSizeOptions,
  type FargateOptions,
  type PodSizeOptions,
} from '@stowage/fargate'

export interface SubnetPlace {
  /** Such as `us-east-1a`. */
  readonly zone?: string
  /** Its IPv4 block, such as `10.0.16.0/20`. */
  readonly cidr?: string
}

export interface EksFargateOptions extends PodSizeOptions {
  /**
   * Of accounts that launch pods alone; others have a larger burst, and share it with tasks of ECS.
   */
  readonly launchRate: FargateOptions['launchRate']
  /** An account's quota is in no file, so by default there is none. */
  readonly vcpusAtOnce: FargateOptions['vcpusAtOnce']
  /** Evenness is not promised. */
  readonly podSubnets: FargateOptions['subnetRule']
  /** Where a profile's ARN does not say it. */
  readonly region: string
  /**
   * By id. Without a block the n-th subnet is taken for 10.n.0.0/16; without a zone its nodes have
   * no label for it.
   */
  readonly subnets: ReadonlyMap<string, SubnetPlace>
  /** Whether there is a ConfigMap `aws-logging` for the log router. */
  readonly logging: boolean
  /**
   * Pods of a DaemonSet that a profile would take: left to the nodes, which is where they are meant
   * to run, or refused.
   */
  readonly daemonSets: 'nodes' | 'refused'
}

export const eksFargateOptions: EksFargateOptions = {
  ...podSizeOptions,
  launchRate: { ...fargateOptions.launchRate, FARGATE: launchRates.pods },
  vcpusAtOnce: { FARGATE: Infinity, FARGATE_SPOT: Infinity },
  podSubnets: 'in turn',
  region: 'us-east-1',
  subnets: new Map(),
  logging: false,
  daemonSets: 'nodes',
}
