/** Tests which availability zones documents name: those of subnets and of container instances. */
import { expect, it } from 'vitest'
import { zonesNamed } from './zones.js'

it('lists each zone of subnets and instances once', () => {
  const values = [
    { Subnets: [{ SubnetId: 's-1', CidrBlock: '10.0.0.0/16', AvailabilityZone: 'b' }] },
    [{ SubnetId: 's-2', CidrBlock: '10.1.0.0/16', AvailabilityZone: 'a' }],
    {
      containerInstances: [
        { registeredResources: [], attributes: [{ name: 'ecs.availability-zone', value: 'c' }] },
        { registeredResources: [], attributes: [{ name: 'zone', value: 'x' }] },
      ],
    },
    { AvailabilityZone: 'y' },
    null,
  ]
  expect(zonesNamed(values.map((value) => ({ from: 'a.json', value })))).toEqual(['a', 'b', 'c'])
})
