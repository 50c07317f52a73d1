#!/usr/bin/env bash
# Two pods with the same topology spread constraint, one selecting nodes with team=a and one with
# team=b, have one topology group in Karpenter, which counts by the node selector of whichever pod
# came first. The hash by which groups are shared reads the exported fields of a requirement alone,
# and the values of a node selector are not exported; two different minDomains are one as well.
# Seen with sigs.k8s.io/karpenter v1.15.0.
set -u
command -v go >/dev/null || { echo 'needs Go'; exit 2; }
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export GOTOOLCHAIN=auto
cat > go.mod <<'MOD'
module finding

go 1.26.9

require sigs.k8s.io/karpenter v1.15.0
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/sets"
	topology "sigs.k8s.io/karpenter/pkg/controllers/provisioning/scheduling"
	"sigs.k8s.io/karpenter/pkg/scheduling"
)

const zone = "topology.kubernetes.io/zone"

func group(selector map[string]string, minDomains int32) *topology.TopologyGroup {
	labels := map[string]string{"app": "web"}
	pod := &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: "web", Labels: labels},
		Spec:       corev1.PodSpec{NodeSelector: selector},
	}
	return topology.NewTopologyGroup(topology.TopologyTypeSpread, zone, pod, sets.New("default"),
		&metav1.LabelSelector{MatchLabels: labels}, 1, &minDomains, nil, nil, topology.NewTopologyDomainGroup())
}

func main() {
	a, b := group(map[string]string{"team": "a"}, 1), group(map[string]string{"team": "b"}, 1)
	other, many := group(map[string]string{"tier": "a"}, 1), group(map[string]string{"team": "a"}, 5)
	pod := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "default", Labels: map[string]string{"app": "web"}}}
	node := scheduling.NewLabelRequirements(map[string]string{"team": "b", zone: "zone-1"})
	fmt.Println("karpenter v1.15.0, a spread over zones of pods that select nodes")
	fmt.Println("team=a and team=b are one group:         ", a.Hash() == b.Hash())
	fmt.Println("team=a and tier=a are one group:         ", a.Hash() == other.Hash())
	fmt.Println("minDomains 1 and 5 are one group:        ", a.Hash() == many.Hash())
	fmt.Println("a pod on a node of team=b counts for b:  ", b.Counts(pod, nil, node))
	fmt.Println("and in the group, if team=a came first:  ", a.Counts(pod, nil, node))
	if a.Hash() != b.Hash() || a.Hash() == other.Hash() || a.Hash() != many.Hash() ||
		!b.Counts(pod, nil, node) || a.Counts(pod, nil, node) {
		os.Exit(1)
	}
}
GO
go mod tidy >/dev/null 2>&1 || { echo 'could not install'; exit 2; }
go run .
