/**
 * Defines options for details of target tracking that AWS does not document: after how many minutes
 * each of its two alarms goes off, and the threshold of the low alarm. The defaults follow alarms
 * that AWS created. Also defines the region and the account to write into ARNs.
 */

/** Options of scaling. */
export interface ScalingOptions {
  /** Minutes above the target until a policy scales out. Default: 3. */
  readonly outMinutes: number
  /** Minutes below the lower threshold until a policy scales in. Default: 15. */
  readonly inMinutes: number
  /** The lower threshold as a share of the target. Default: 0.9. */
  readonly inShare: number
  /** For ARNs; default: as for a cluster. */
  readonly region: string
  readonly account: string
}

/** The defaults. */
export const defaultScalingOptions: ScalingOptions = {
  ...{ outMinutes: 3, inMinutes: 15, inShare: 0.9 },
  ...{ region: 'us-east-1', account: '000000000000' },
}
