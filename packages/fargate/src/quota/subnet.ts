/**
 * Chooses the subnet of a Fargate task among the subnets in its launch request. AWS does not
 * publish the rule, so the caller selects one of three: the subnet with the fewest running tasks,
 * each subnet in turn (round robin), or always the first.
 */

/**
 * `fewest`: the subnet with the fewest running tasks of this capacity, the first on a tie. `in
 * turn`: round robin over launches, whatever stopped since. `first`: always the first.
 */
export type SubnetRule = 'fewest' | 'in turn' | 'first'

/**
 * The subnet by a rule; `undefined` for an empty list. `running` counts the tasks in a subnet,
 * `turn` the launches before this one. Fargate spreads tasks over subnets separately for FARGATE
 * and FARGATE_SPOT.
 */
export const pickSubnet = (
  rule: SubnetRule,
  subnets: readonly string[],
  running: (subnet: string) => number,
  turn: number,
): string | undefined => {
  switch (rule) {
    case 'first':
      return subnets[0]
    case 'in turn':
      return subnets[turn % subnets.length]
    case 'fewest':
      return subnets.reduce<string | undefined>(
        (best, one) => (best !== undefined && running(best) <= running(one) ? best : one),
        undefined,
      )
  }
}
