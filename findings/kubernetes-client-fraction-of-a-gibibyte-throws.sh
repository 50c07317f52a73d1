#!/usr/bin/env bash
# `topNodes` of the official JavaScript client, which sums the requests of all pods as `kubectl top`
# and `kubectl describe node` do, throws for the whole cluster when one container anywhere requests
# a valid amount such as 1.5Gi: every suffix from k to Ei is read as a BigInt, which has no
# fractions, while m, u and n are read as numbers. The same amount as 1536Mi is read.
# Seen with @kubernetes/client-node 1.4.0; 2.0.1, for newer Node, reads amounts by the same lines.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --silent --no-fund --no-audit @kubernetes/client-node@1.4.0 >/dev/null 2>&1 || exit 2
cat > run.mjs <<'JS'
import { topNodes } from '@kubernetes/client-node'

const amounts = { cpu: '4', memory: '16Gi' }
const node = { metadata: { name: 'n' }, status: { capacity: amounts, allocatable: amounts } }
const pod = (memory) => ({
  status: { phase: 'Running' },
  spec: { nodeName: 'n', containers: [{ name: 'c', resources: { requests: { cpu: '1', memory } } }] },
})

const requested = async (...memories) => {
  const api = {
    listNode: async () => ({ items: [node] }),
    listPodForAllNamespaces: async () => ({ items: memories.map(pod) }),
  }
  try {
    return String((await topNodes(api))[0].Memory.RequestTotal)
  } catch (error) {
    return error.name
  }
}

const seen = {
  '1536Mi': await requested('1536Mi'),
  '1.5Gi': await requested('1.5Gi'),
  '1Gi and 1.5Gi': await requested('1Gi', '1.5Gi'),
  '1500m': await requested('1500m'),
}
console.log('@kubernetes/client-node 1.4.0')
for (const [memory, total] of Object.entries(seen)) console.log(`pods that request ${memory}: ${total}`)
process.exit(Object.values(seen).join() === '1610612736,SyntaxError,SyntaxError,1.5' ? 0 : 1)
JS
node --no-warnings run.mjs
