#!/usr/bin/env bash
# A HorizontalPodAutoscaler with an External metric and an AverageValue target takes a value just below
# zero for an overflow: at -1 it wants 2,147,483,647 replicas, which is its maximum, where 0 gives no
# replica and +1 gives one. A metric that may dip below zero, such as a backlog less what is promised,
# scales the workload out when there is least to do. An Object metric of the same value gives 0.
# Seen with k8s.io/kubernetes v1.37.2.
set -u
command -v go >/dev/null || { echo 'needs Go'; exit 2; }
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 2
# The parts of Kubernetes are modules of their own, which its own module names without a version.
part() { printf '\tk8s.io/%s => k8s.io/%s v0.37.2\n' "$1" "$1"; }
{
  printf 'module finding\n\ngo 1.26.0\n\nrequire k8s.io/kubernetes v1.37.2\n\nreplace (\n'
  for name in api apiextensions-apiserver apimachinery apiserver cli-runtime client-go cloud-provider cluster-bootstrap \
    code-generator component-base component-helpers controller-manager cri-api cri-client cri-streaming csi-translation-lib \
    dynamic-resource-allocation endpointslice externaljwt kms kube-aggregator kube-controller-manager kube-proxy \
    kube-scheduler kubectl kubelet metrics mount-utils pod-security-admission sample-apiserver sample-cli-plugin \
    sample-controller streaming; do part "$name"; done
  printf ')\n'
} > go.mod
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	hpa "k8s.io/kubernetes/pkg/controller/podautoscaler"
	"k8s.io/kubernetes/pkg/controller/podautoscaler/metrics"
)

// source answers every metric with one value, in thousandths.
type source struct{ value int64 }

func (source) GetResourceMetric(context.Context, core.ResourceName, string, labels.Selector, string) (metrics.PodMetricsInfo, time.Time, error) {
	return nil, time.Time{}, nil
}

func (source) GetRawMetric(string, string, labels.Selector, labels.Selector) (metrics.PodMetricsInfo, time.Time, error) {
	return nil, time.Time{}, nil
}

func (s source) GetObjectMetric(string, string, *autoscaling.CrossVersionObjectReference, labels.Selector) (int64, time.Time, error) {
	return s.value, time.Time{}, nil
}

func (s source) GetExternalMetric(string, string, labels.Selector) ([]int64, time.Time, error) {
	return []int64{s.value}, time.Time{}, nil
}

func main() {
	fmt.Println("k8s.io/kubernetes v1.37.2, three replicas, an average of 10 wanted of each")
	var tolerances hpa.Tolerances
	same := true
	for _, one := range []struct {
		value                int64
		external, object int32
	}{{-1000, 2147483647, 0}, {0, 0, 0}, {1000, 1, 1}} {
		calculator := hpa.NewReplicaCalculator(source{one.value}, nil, 0, 0)
		external, _, _, err := calculator.GetExternalPerPodMetricReplicas(3, 10000, "m", tolerances, "ns", nil)
		if err != nil {
			fmt.Println(err)
			same = false
		}
		object, _, _, err := calculator.GetObjectPerPodMetricReplicas(3, 10000, "m", tolerances, "ns", &autoscaling.CrossVersionObjectReference{}, nil)
		if err != nil {
			fmt.Println(err)
			same = false
		}
		fmt.Printf("a metric of %2d: %d replicas by External, %d by Object\n", one.value/1000, external, object)
		same = same && external == one.external && object == one.object
	}
	if !same {
		os.Exit(1)
	}
}
GO
go build -mod=mod -o finding . 2>/dev/null || { echo 'could not install'; exit 2; }
./finding
