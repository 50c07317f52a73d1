package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"time"
	_ "unsafe" // for go:linkname

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"
	"k8s.io/klog/v2"
	fwk "k8s.io/kube-scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/backend/queue"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/feature"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/queuesort"
	"k8s.io/kubernetes/pkg/scheduler/framework/plugins/schedulinggates"
	clocktesting "k8s.io/utils/clock/testing"
)

// The queue runs these on a ticker; here they run when a history says so.

//go:linkname flushBackoff k8s.io/kubernetes/pkg/scheduler/backend/queue.(*PriorityQueue).flushBackoffQCompleted
func flushBackoff(q *queue.PriorityQueue, logger klog.Logger)

//go:linkname flushLeftover k8s.io/kubernetes/pkg/scheduler/backend/queue.(*PriorityQueue).flushUnschedulableEntitiesLeftover
func flushLeftover(q *queue.PriorityQueue, logger klog.Logger)

type happening struct {
	Resource string `json:"resource"`
	Action   string `json:"action"`
}

// act is one thing done to the queue at a time in milliseconds, and what the
// queue holds after it.
type act struct {
	At        int64       `json:"at"`
	Do        string      `json:"do"` // add, delete, ungate, try, event, wait
	Pod       string      `json:"pod,omitempty"`
	Priority  int32       `json:"priority,omitempty"`
	Gated     bool        `json:"gated,omitempty"`
	Rejectors []string    `json:"rejectors,omitempty"`
	Event     *happening  `json:"event,omitempty"`
	Meanwhile []happening `json:"meanwhile,omitempty"`

	Active        []string `json:"active"`
	Backoff       []string `json:"backoff"` // after a refusal or an error
	Unschedulable []string `json:"unschedulable"`
}

var actions = map[string]fwk.ActionType{
	"Add": fwk.Add, "Delete": fwk.Delete, "Update": fwk.Update,
	"UpdateNodeAllocatable": fwk.UpdateNodeAllocatable, "UpdateNodeLabel": fwk.UpdateNodeLabel, "UpdateNodeTaint": fwk.UpdateNodeTaint,
	"UpdateNodeDeclaredFeature": fwk.UpdateNodeDeclaredFeature,
	"UpdatePodLabel":            fwk.UpdatePodLabel, "UpdatePodScaleDown": fwk.UpdatePodScaleDown, "UpdatePodToleration": fwk.UpdatePodToleration,
	"UpdatePodSchedulingGatesEliminated": fwk.UpdatePodSchedulingGatesEliminated, "UpdatePodGeneratedResourceClaim": fwk.UpdatePodGeneratedResourceClaim,
}

var happenings = []happening{
	{"Node", "Add"}, {"Node", "Delete"}, {"Node", "UpdateNodeAllocatable"}, {"Node", "UpdateNodeLabel"}, {"Node", "UpdateNodeTaint"}, {"Node", "UpdateNodeDeclaredFeature"},
	{"AssignedPod", "Add"}, {"AssignedPod", "Delete"}, {"AssignedPod", "UpdatePodLabel"}, {"AssignedPod", "UpdatePodScaleDown"},
	{"PersistentVolumeClaim", "Add"}, {"PersistentVolumeClaim", "Update"}, {"PersistentVolume", "Add"}, {"StorageClass", "Add"}, {"StorageClass", "Update"},
	{"CSINode", "Add"}, {"CSIDriver", "Update"}, {"CSIStorageCapacity", "Update"}, {"VolumeAttachment", "Delete"},
	{"ResourceClaim", "Add"}, {"ResourceSlice", "Add"}, {"DeviceClass", "Update"},
}

func (h happening) event() fwk.ClusterEvent {
	resources := map[string]fwk.EventResource{
		"Node": fwk.Node, "AssignedPod": fwk.AssignedPod, "PersistentVolumeClaim": fwk.PersistentVolumeClaim, "PersistentVolume": fwk.PersistentVolume,
		"StorageClass": fwk.StorageClass, "CSINode": fwk.CSINode, "CSIDriver": fwk.CSIDriver, "CSIStorageCapacity": fwk.CSIStorageCapacity,
		"VolumeAttachment": fwk.VolumeAttachment, "ResourceClaim": fwk.ResourceClaim, "ResourceSlice": fwk.ResourceSlice, "DeviceClass": fwk.DeviceClass,
	}
	return fwk.ClusterEvent{Resource: resources[h.Resource], ActionType: actions[h.Action]}
}

// hints are the events that the default plugins register, each worth a try:
// what the plugins' own hint functions make of the objects is left out.
func hints(ctx context.Context) (queue.QueueingHintMapPerProfile, error) {
	c, err := open(scenario{}, 100)
	if err != nil {
		return nil, err
	}
	defer c.stop()
	always := func(klog.Logger, *v1.Pod, any, any) (fwk.QueueingHint, error) { return fwk.Queue, nil }
	m := queue.QueueingHintMap{}
	for _, e := range c.sched.Profiles["default-scheduler"].EnqueueExtensions() {
		registered, err := e.EventsToRegister(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range registered {
			m[r.Event] = append(m[r.Event], &queue.QueueingHintFunction{PluginName: e.Name(), QueueingHintFn: always})
		}
	}
	return queue.QueueingHintMapPerProfile{"default-scheduler": m}, nil
}

var refusing = []string{"NodeName", "NodeUnschedulable", "TaintToleration", "NodeAffinity", "NodePorts", "NodeResourcesFit", "VolumeRestrictions", "NodeVolumeLimits",
	"VolumeBinding", "VolumeZone", "PodTopologySpread", "InterPodAffinity", "DynamicResources", "NodeDeclaredFeatures"}

type history struct {
	*rand.Rand
	ctx   context.Context
	log   klog.Logger
	clock *clocktesting.FakeClock
	q     *queue.PriorityQueue
	pods  map[string]*v1.Pod
}

func (h *history) step() (act, error) {
	a := act{}
	wait := time.Duration(1+h.Intn(2500)) * time.Millisecond
	names := sets.List(sets.KeySet(h.pods))
	switch n := h.Intn(100); {
	case n < 20 && len(names) < 8:
		a.Do, a.Pod, a.Priority, a.Gated = "add", fmt.Sprintf("default/pod-%d", h.Intn(1000000)), int32(h.Intn(3)), h.Intn(5) == 0
	case n < 25 && len(names) > 0:
		a.Do, a.Pod = "delete", names[h.Intn(len(names))]
	case n < 32 && len(names) > 0:
		a.Do, a.Pod = "ungate", names[h.Intn(len(names))]
	case n < 65:
		a.Do = "try"
		for _, p := range refusing {
			if h.Intn(12) == 0 {
				a.Rejectors = append(a.Rejectors, p)
			}
		}
		for h.Intn(4) == 0 {
			a.Meanwhile = append(a.Meanwhile, happenings[h.Intn(len(happenings))])
		}
	case n < 88:
		a.Do, a.Event = "event", &happenings[h.Intn(len(happenings))]
	default:
		a.Do = "wait"
		if h.Intn(3) == 0 {
			wait += time.Duration(h.Intn(320000)) * time.Millisecond
		}
	}
	h.clock.Step(wait)
	a.At = h.clock.Now().UnixMilli()
	err := h.do(&a)
	a.Active, a.Backoff = keys(h.q.PodsInActiveQ()), keys(h.q.PodsInBackoffQ())
	a.Unschedulable = keys(h.q.UnschedulablePods())
	return a, err
}

func (h *history) do(a *act) error {
	switch a.Do {
	case "add":
		p := &v1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "default", Name: a.Pod[len("default/"):], UID: types.UID(a.Pod)}}
		p.Spec.SchedulerName, p.Spec.Priority = "default-scheduler", &a.Priority
		if a.Gated {
			p.Spec.SchedulingGates = []v1.PodSchedulingGate{{Name: "example.com/hold"}}
		}
		h.pods[a.Pod] = p
		h.q.Add(h.ctx, p)
	case "delete":
		h.q.Delete(h.log, h.pods[a.Pod])
		delete(h.pods, a.Pod)
	case "ungate":
		if len(h.pods[a.Pod].Spec.SchedulingGates) == 0 {
			return nil
		}
		p := h.pods[a.Pod].DeepCopy()
		p.Spec.SchedulingGates = nil
		h.q.Update(h.ctx, h.pods[a.Pod], p)
		h.pods[a.Pod] = p
	case "try":
		return h.try(a)
	case "event":
		h.q.MoveAllToActiveOrBackoffQueue(h.log, a.Event.event(), nil, nil, nil)
	case "wait":
		flushBackoff(h.q, h.log)
		flushLeftover(h.q, h.log)
	}
	return nil
}

// try takes the next pod out, if there is one, and puts it back refused; Pop
// would wait for one, and those that failed by an error are not taken early.
func (h *history) try(a *act) error {
	ready := len(h.q.PodsInActiveQ())
	for _, p := range h.q.PodsInBackoffQ() {
		if info, ok := h.q.GetPod(p.Name, p.Namespace, nil); ok && info.UnschedulablePlugins.Len() > 0 {
			ready++
		}
	}
	if ready == 0 {
		return nil
	}
	entity, err := h.q.Pop(h.log)
	if err != nil {
		return err
	}
	info := entity.(*framework.QueuedPodInfo)
	a.Pod = info.Pod.Namespace + "/" + info.Pod.Name
	for _, e := range a.Meanwhile {
		h.q.MoveAllToActiveOrBackoffQueue(h.log, e.event(), nil, nil, nil)
	}
	info.ClearRejectorPlugins()
	info.UnschedulablePlugins = sets.New(a.Rejectors...)
	return h.q.AddUnschedulablePodIfNotPresent(h.log, info, h.q.SchedulingCycle())
}

func keys(pods []*v1.Pod) []string {
	names := []string{}
	for _, p := range pods {
		names = append(names, p.Namespace+"/"+p.Name)
	}
	sort.Strings(names)
	return names
}

func queuesCmd(args []string) error {
	fs := flag.NewFlagSet("queues", flag.ExitOnError)
	seed := fs.Int64("seed", 1, "first seed; history k uses seed+k")
	count := fs.Int("count", 10, "histories to print")
	length := fs.Int("length", 80, "acts in each")
	if err := fs.Parse(args); err != nil {
		return err
	}
	ctx := context.Background()
	m, err := hints(ctx)
	if err != nil {
		return err
	}
	gates, err := schedulinggates.New(ctx, nil, nil, feature.Features{})
	if err != nil {
		return err
	}
	gating := map[string]map[string]fwk.PreEnqueuePlugin{"default-scheduler": {gates.Name(): gates.(fwk.PreEnqueuePlugin)}}
	less := (&queuesort.PrioritySort{}).Less
	enc := json.NewEncoder(os.Stdout)
	for k := 0; k < *count; k++ {
		clock := clocktesting.NewFakeClock(time.Unix(1_000_000, 0))
		h := &history{Rand: rand.New(rand.NewSource(*seed + int64(k))), ctx: ctx, log: klog.Background(), clock: clock, pods: map[string]*v1.Pod{}}
		h.q = queue.NewTestQueue(ctx, less, queue.WithClock(clock), queue.WithQueueingHintMapPerProfile(m), queue.WithPreEnqueuePluginMap(gating))
		acts := []act{}
		for i := 0; i < *length; i++ {
			a, err := h.step()
			if err != nil {
				return err
			}
			acts = append(acts, a)
		}
		if err := enc.Encode(acts); err != nil {
			return err
		}
	}
	return nil
}

// eventsCmd prints what each default plugin registers, one event a line; of
// the actions those that the resource has.
func eventsCmd() error {
	c, err := open(scenario{}, 100)
	if err != nil {
		return err
	}
	defer c.stop()
	plain := []string{"Add", "Update", "Delete"}
	pod := []string{"Add", "Delete", "UpdatePodLabel", "UpdatePodScaleDown"}
	of := map[fwk.EventResource][]string{
		fwk.Node:        {"Add", "Delete", "UpdateNodeAllocatable", "UpdateNodeLabel", "UpdateNodeTaint", "UpdateNodeDeclaredFeature"},
		fwk.AssignedPod: pod,
		fwk.TargetPod:   append(pod[2:], "UpdatePodToleration", "UpdatePodSchedulingGatesEliminated", "UpdatePodGeneratedResourceClaim"),
	}
	enc := json.NewEncoder(os.Stdout)
	for _, e := range c.sched.Profiles["default-scheduler"].EnqueueExtensions() {
		registered, err := e.EventsToRegister(c.ctx)
		if err != nil {
			return err
		}
		for _, r := range registered {
			names, ok := of[r.Event.Resource]
			if !ok {
				names = plain
			}
			for _, name := range names {
				if r.Event.ActionType&actions[name] != 0 {
					if err := enc.Encode(map[string]string{"plugin": e.Name(), "resource": string(r.Event.Resource), "action": name}); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}
