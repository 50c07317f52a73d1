/** Tests that the hash of a StatefulSet's template equals the one that Kubernetes 1.37 computed. */
import { expect, it } from 'vitest'
import { hashOfStatefulTemplate } from './stateful-hash.js'

it('is that of a recorded ControllerRevision', () => {
  const container = {
    ...{ name: 'c', image: 'app:1', imagePullPolicy: 'IfNotPresent' },
    resources: { requests: { cpu: '100m' } },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  }
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: {
      ...{ containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: 'Always' },
      ...{ schedulerName: 'default-scheduler', securityContext: {} },
      terminationGracePeriodSeconds: 30,
    },
  }
  expect(hashOfStatefulTemplate(template)).toBe('c7bb8f5f4')
})
