/** Lists the examples that the page offers; the first is shown when the page has no link. */
import { emptyInput, type PlanInput } from '../share/input.js'

/** An example: a file beside the page, or an input that is made here. */
export interface Example {
  readonly title: string
  readonly load: (read: (path: string) => Promise<unknown>) => Promise<unknown>
}

const fileExample = (title: string, path: string): Example => ({
  title,
  load: (read) => read(path),
})

/** The first is what a page without a link shows. */
export const examples: readonly Example[] = [
  fileExample('Shop on Amazon ECS', 'examples/shop-ecs.json'),
  fileExample('Shop on Kubernetes', 'examples/shop-kubernetes.json'),
  {
    title: '10,000 nodes',
    load: () => Promise.resolve(crowd({ nodes: 10_000, workloads: 100, replicas: 300 })),
  },
]

/** So many Deployments of so many replicas each, of requests that differ, on so many nodes. */
export const crowd = ({
  nodes,
  workloads,
  replicas,
}: Readonly<Record<'nodes' | 'workloads' | 'replicas', number>>): PlanInput => {
  const texts = Array.from({ length: workloads }, (_, i) => deployment(i, replicas))
  const files = [{ file: 'crowd.yaml', text: texts.join('---\n') }]
  return { ...emptyInput, files, nodes: `m5.large=${nodes}` }
}

const deployment = (i: number, replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: app-${i}, namespace: crowd }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: app-${i} } }
  template:
    metadata: { labels: { app: app-${i} } }
    spec:
      containers:
        - name: main
          image: app:1
          resources: { requests: { cpu: ${100 + (i % 7) * 50}m, memory: ${128 * (1 + (i % 5))}Mi } }
`
