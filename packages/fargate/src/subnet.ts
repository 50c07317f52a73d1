/**
 * Which of its subnets a task goes to. Tasks are spread over them, each kind of capacity by itself;
 * how is not published, so the rule has a name.
 */

/**
 * `fewest`: the subnet with the fewest running tasks of this capacity, the first of several. `in
 * turn`: one after the other, whatever has stopped since. `first`: always the first.
 */
export type SubnetRule = 'fewest' | 'in turn' | 'first'

/**
 * The subnet by a rule; nothing, of none. `running` counts tasks in a subnet, `turn` those that
 * were launched before.
 */
export const subnetBy = (
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
