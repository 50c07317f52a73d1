/** Tests what selectors cost at most, and that those above the limit are refused. */
import { expect, it } from 'vitest'
import { selectorCostMax } from './cost.js'
import { selectorCost, selectorFault } from './selector.js'

const gpu = 'device.attributes["gpu.example.com"]'
const memory = 'device.capacity["gpu.example.com"].memory'

it.each([
  ['true', 0],
  // A name, a field, an index and a field; then a text of at most 64 characters.
  [`${gpu}.model == "a100"`, 5],
  [`${memory} == quantity("40Gi")`, 6],
  [`${memory}.compareTo(quantity("40Gi")) >= 0`, 7],
  [`has(${gpu}.model)`, 3],
  [`[1, 2, 3].all(x, x > 1)`, 10 + 1 + 3 * (1 + 2 + 2)],
  [`[1, 2, 3].exists(x, x > 1)`, 10 + 1 + 3 * (1 + 2 + 3)],
  [`[1, 2].map(x, x + 1).size() == 2`, 2 + 10 + 10 + 1 + 2 * (12 + 2)],
  [`[1, 2].filter(x, x > 1).size() == 1`, 2 + 10 + 10 + 1 + 2 * (2 + 13)],
  [`cel.bind(g, ${gpu}, g.flag || g.index == 1)`, 10 + 3 + 2 + 2 + 1],
  [`${gpu}.model.matches("^a[0-9]+$")`, 4 + 7 * 3],
  [`{"a": 1}["a"] == 1`, 30 + 1 + 1],
])('%s costs at most %d', (source, cost) => expect(selectorCost(source)).toBe(cost))

it.each([
  // Texts of no known length.
  `"a,b".split(",").join("-") == "a-b"`,
  `${gpu}.?a.orValue("x") == ${gpu}.?b.orValue("y")`,
  `${memory} != quantity("1")`,
  // Attributes of attributes of attributes of attributes.
  `device.attributes.all(a, device.attributes.all(b, device.attributes.all(c, device.attributes.all(d, a + b < c + d))))`,
])('%s is refused', (source) => {
  expect(selectorCost(source)).toBeGreaterThan(selectorCostMax)
  expect(selectorFault(source)).toMatch(/^it costs up to .*, more than 1000000$/)
})

it('takes time linear in a chain of optional values', () => {
  const chain = `optional.of(1)${'.optMap(x, x)'.repeat(200)}.hasValue()`
  expect(selectorCost(chain)).toBeDefined()
})
