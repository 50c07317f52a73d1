/**
 * Warns of containers without an image, because the API server refuses them. If no container of the
 * input has an image, the input is taken for a sketch, and there is no warning: a plan needs no
 * images.
 *
 * Source: Kubernetes API reference, Container; the validation of Kubernetes 1.37 (`image: Required
 * value`).
 */
import type { Container } from '../words/container.js'
import type { KubernetesWarning } from '../words/warning.js'
import { isStored } from '../workload/stored.js'
import { titleOf, type KubernetesWorkload } from '../workload/workload.js'

/** A warning for each workload with such containers, where another container has an image. */
export const missingImages = (
  workloads: readonly KubernetesWorkload[],
): readonly KubernetesWarning[] => {
  const isSketch = !workloads.some(({ spec }) => spec.containers.some(hasImage))
  return isSketch ? [] : workloads.flatMap(imageWarning)
}

const hasImage = ({ image }: Container): boolean => image !== undefined && image !== ''

const imageWarning = (workload: KubernetesWorkload): readonly KubernetesWarning[] => {
  const { containers, initContainers } = workload.spec
  const missing = [...initContainers, ...containers].filter((one) => !hasImage(one))
  if (missing.length === 0 || isStored(workload.template)) return []
  return [
    {
      code: 'ImageMissing',
      from: workload.from,
      subject: titleOf(workload),
      text: 'the API server refuses a container without an image',
      detail: missing.map(({ name }) => name).join(', '),
    },
  ]
}
