/** Checks an Auto Scaling group: its minimum is no more than its maximum. */
import type { DescribedGroup } from './described-group.js'
import type { Complaint } from '../words/complaint.js'

/** All complaints about a group. */
export const checkAutoScalingGroup = ({
  MinSize,
  MaxSize,
}: DescribedGroup): readonly Complaint[] =>
  MinSize > MaxSize ? [{ at: ['MinSize'], expected: `at most the MaxSize, ${MaxSize}` }] : []
