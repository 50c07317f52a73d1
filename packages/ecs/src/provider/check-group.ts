/**
 * Checks that the minimum size of an Auto Scaling group is at most its maximum size.
 */
import type { DescribedGroup } from './described-group.js'
import type { Complaint } from '../words/complaint.js'

/** All complaints about a group. */
export const checkAutoScalingGroup = ({
  MinSize,
  MaxSize,
}: DescribedGroup): readonly Complaint[] =>
  MinSize > MaxSize ? [{ at: ['MinSize'], expected: `at most the MaxSize, ${MaxSize}` }] : []
