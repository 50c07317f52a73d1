package main

import (
	"fmt"

	v1 "k8s.io/api/core/v1"
	resourceapi "k8s.io/api/resource/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	fwk "k8s.io/kube-scheduler/framework"
)

// withDefaults fills in what the API server defaults in the requests of a claim.
func withDefaults(spec *resourceapi.ResourceClaimSpec) {
	for i := range spec.Devices.Requests {
		r := &spec.Devices.Requests[i]
		if r.Exactly != nil {
			defaultCount(&r.Exactly.AllocationMode, &r.Exactly.Count)
		}
		for j := range r.FirstAvailable {
			defaultCount(&r.FirstAvailable[j].AllocationMode, &r.FirstAvailable[j].Count)
		}
	}
}

func defaultCount(mode *resourceapi.DeviceAllocationMode, count *int64) {
	if *mode == "" {
		*mode = resourceapi.DeviceAllocationModeExactCount
	}
	if *mode == resourceapi.DeviceAllocationModeExactCount && *count == 0 {
		*count = 1
	}
}

// claimsOf makes the claims of a pod's templates, as the controller of
// resource claims would; a name ends in no random letters here.
func claimsOf(pod *v1.Pod, templates map[string]*resourceapi.ResourceClaimTemplate) []runtime.Object {
	made := map[string]bool{}
	for _, s := range pod.Status.ResourceClaimStatuses {
		made[s.Name] = true
	}
	yes := true
	var claims []runtime.Object
	for _, ref := range pod.Spec.ResourceClaims {
		if ref.ResourceClaimTemplateName == nil || made[ref.Name] {
			continue
		}
		template := templates[pod.Namespace+"/"+*ref.ResourceClaimTemplateName]
		if template == nil {
			continue
		}
		name := pod.Name + "-" + ref.Name
		claim := &resourceapi.ResourceClaim{ObjectMeta: metav1.ObjectMeta{
			Name: name, Namespace: pod.Namespace, UID: types.UID(pod.Namespace + "/" + name), ResourceVersion: version(),
			OwnerReferences: []metav1.OwnerReference{{APIVersion: "v1", Kind: "Pod", Name: pod.Name, UID: pod.UID, Controller: &yes}},
		}, Spec: *template.Spec.Spec.DeepCopy()}
		withDefaults(&claim.Spec)
		claims = append(claims, claim)
		pod.Status.ResourceClaimStatuses = append(pod.Status.ResourceClaimStatuses, v1.PodResourceClaimStatus{Name: ref.Name, ResourceClaimName: &name})
	}
	return claims
}

// publish writes what PreBind would: the allocations that Reserve made for
// the pod's claims, so that the next pod may share them.
func (c *cluster) publish(f fwk.Handle, pod *v1.Pod) error {
	if len(pod.Spec.ResourceClaims) == 0 {
		return nil
	}
	claims := f.SharedDRAManager().ResourceClaims()
	all, err := claims.List()
	if err != nil {
		return err
	}
	for _, found := range all {
		allocation := claims.GetPendingAllocation(found.UID)
		if allocation == nil {
			continue
		}
		claim := found.DeepCopy()
		claim.Status.Allocation = allocation
		claim.Status.ReservedFor = append(claim.Status.ReservedFor, resourceapi.ResourceClaimConsumerReference{Resource: "pods", Name: pod.Name, UID: pod.UID})
		claim.ResourceVersion = version()
		updated, err := c.client.ResourceV1().ResourceClaims(claim.Namespace).UpdateStatus(c.ctx, claim, metav1.UpdateOptions{})
		if err != nil {
			return err
		}
		if err := claims.AssumeClaimAfterAPICall(updated); err != nil {
			return fmt.Errorf("claim %s: %w", claim.Name, err)
		}
		claims.MaybeRemoveClaimPendingAllocation(claim.UID, true)
	}
	return nil
}
