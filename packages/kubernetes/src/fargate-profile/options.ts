/**
 * Defines the options for planning pods on EKS Fargate, each with a default. They let the caller
 * state (1) behaviour that AWS does not document, and (2) data that the input files do not contain,
 * such as quotas and subnets.
 */
import {
  fargateOptions,
  launchRates,
  podSizeOptions,
  type FargateOptions,
  type PodSizeOptions,
} from '@stowage/fargate'

/** The location of a subnet. */
export interface SubnetPlace {
  /** An availability zone, such as `us-east-1a`. */
  readonly zone?: string
  /** Its IPv4 block, such as `10.0.16.0/20`. */
  readonly cidr?: string
}

/** How Fargate vends nodes to pods, where AWS documents a choice or is silent. */
export interface EksFargateOptions extends PodSizeOptions {
  /**
   * The launch rate of an account that launches only pods; others have a larger burst, shared with
   * ECS tasks.
   */
  readonly launchRate: FargateOptions['launchRate']
  /** The vCPU quota of the account; infinite by default, because no file contains it. */
  readonly vcpusAtOnce: FargateOptions['vcpusAtOnce']
  /** How pods are spread over subnets; AWS does not promise evenness. */
  readonly podSubnets: FargateOptions['subnetRule']
  /** The region of a profile without an ARN. */
  readonly region: string
  /**
   * Subnets by id. Without a block, the n-th subnet has 10.n.0.0/16; without a zone, its nodes have
   * no zone label.
   */
  readonly subnets: ReadonlyMap<string, SubnetPlace>
  /** Whether a ConfigMap `aws-logging` configures the log router. */
  readonly logging: boolean
  /**
   * DaemonSet pods that a profile would take: they stay on the nodes, as intended for them, or are
   * refused.
   */
  readonly daemonSets: 'nodes' | 'refused'
}

/** The default of each option. */
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
