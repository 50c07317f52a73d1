package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/sets"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler/framework"
)

// step is what one cycle of the scheduler comes to: a node, or a nomination
// with its victims, and the plugins that refused the pod on some node.
type step struct {
	Pod       string   `json:"pod"`
	Node      string   `json:"node,omitempty"`
	Nominated string   `json:"nominated,omitempty"` // where the pod is nominated to afterwards
	Victims   []string `json:"victims,omitempty"`
	Rejectors []string `json:"rejectors,omitempty"`
	Error     string   `json:"error,omitempty"`
}

type steps struct {
	ID    string `json:"id"`
	Steps []step `json:"steps"`
	Error string `json:"error,omitempty"`
}

// inOrder puts the nodes into the cache again, in the order of the scenario:
// the client lists them in an order of its own.
func (c *cluster) inOrder() error {
	log := klog.Background()
	var nodes []*v1.Node
	for _, name := range c.nodes {
		node, err := c.facts.Core().V1().Nodes().Lister().Get(name)
		if err != nil {
			return err
		}
		if err := c.sched.Cache.RemoveNode(log, node); err != nil {
			return err
		}
		nodes = append(nodes, node)
	}
	for _, node := range nodes {
		c.sched.Cache.AddNode(log, node)
	}
	return nil
}

var versions int

// version is a new resource version: the client counts none, and the
// scheduler passes over an update that has the old one.
func version() string {
	versions++
	return fmt.Sprint(versions)
}

// clearing gives a pod whose nomination is cleared a new version.
func (c *cluster) clearing(action clienttesting.Action) (bool, runtime.Object, error) {
	patch := action.(clienttesting.PatchAction)
	if !strings.Contains(string(patch.GetPatch()), `"nominatedNodeName":null`) {
		return false, nil, nil
	}
	found, err := c.client.Tracker().Get(patch.GetResource(), patch.GetNamespace(), patch.GetName())
	if err != nil {
		return true, nil, err
	}
	pod := found.(*v1.Pod).DeepCopy()
	pod.Status.NominatedNodeName, pod.ResourceVersion = "", version()
	return true, pod, c.client.Tracker().Update(patch.GetResource(), pod, pod.Namespace)
}

// cycle runs the scheduler's own SchedulePod, and after it what the scheduler
// does with the outcome: the pod is assumed, or preemption is asked, its
// victims leave at once and the nomination is written to the pod's status.
func (c *cluster) cycle(key string) (step, error) {
	st := step{Pod: key}
	log := klog.Background()
	named := c.pods[key]
	pod, err := c.facts.Core().V1().Pods().Lister().Pods(named.Namespace).Get(named.Name)
	if err != nil {
		return st, err
	}
	pod = pod.DeepCopy()
	f := c.sched.Profiles[pod.Spec.SchedulerName]
	if err := c.sched.Cache.UpdateSnapshot(log, c.snap); err != nil {
		return st, err
	}
	info, err := framework.NewPodInfo(pod)
	if err != nil {
		return st, err
	}
	state := framework.NewCycleState()
	res, err := c.sched.SchedulePod(c.ctx, f, state, &framework.QueuedPodInfo{PodInfo: info})
	var fit *framework.FitError
	if errors.As(err, &fit) {
		st.Rejectors = sets.List(fit.Diagnosis.UnschedulablePlugins)
		return st, c.unplaced(f, state, pod, fit, &st)
	}
	if err != nil {
		st.Error = err.Error()
		return st, nil
	}
	st.Node = res.SuggestedHost
	c.sched.SchedulingQueue.DeleteNominatedPodIfExists(pod)
	if s := f.RunReservePluginsReserve(c.ctx, state, pod, st.Node); !s.IsSuccess() {
		return st, s.AsError()
	}
	pod.Spec.NodeName = st.Node
	return st, c.sched.Cache.AssumePod(log, pod)
}

func (c *cluster) unplaced(f framework.Framework, state *framework.CycleState, pod *v1.Pod, fit *framework.FitError, st *step) error {
	c.client.ClearActions()
	st.Nominated = pod.Status.NominatedNodeName
	res, s := f.RunPostFilterPlugins(c.ctx, state, pod, fit.Diagnosis.NodeToStatus)
	if res == nil || res.NominatingInfo == nil {
		return nil
	}
	st.Nominated = res.NominatedNodeName
	if s.IsSuccess() {
		awaitVictims(f, pod)
	}
	for _, a := range c.client.Actions() {
		if a.GetVerb() == "delete" && a.GetResource().Resource == "pods" {
			st.Victims = append(st.Victims, a.GetNamespace()+"/"+a.(interface{ GetName() string }).GetName())
		}
	}
	sort.Strings(st.Victims)
	if pod.Status.NominatedNodeName != st.Nominated {
		pod.Status.NominatedNodeName = st.Nominated
		pod.ResourceVersion = version()
		if _, err := c.client.CoreV1().Pods(pod.Namespace).UpdateStatus(c.ctx, pod, metav1.UpdateOptions{}); err != nil {
			return err
		}
	}
	time.Sleep(60 * time.Millisecond) // until the informers have told the cache and the queue
	return nil
}

// cyclesCmd answers every scenario step by step; a pod that has a node is passed over.
func cyclesCmd() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	enc := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var s scenario
		if err := json.Unmarshal(in.Bytes(), &s); err != nil {
			return err
		}
		a := steps{ID: s.ID}
		parallelism = 1 // so that the order in which nodes are found feasible is that of the search
		c, err := open(s, 0)
		if err != nil {
			return err
		}
		c.client.PrependReactor("patch", "pods", c.clearing)
		if err := c.inOrder(); err != nil {
			return err
		}
		placed := sets.New[string]()
		for _, key := range s.Pending {
			if placed.Has(key) {
				continue
			}
			st, err := c.cycle(key)
			if err != nil {
				a.Error = err.Error()
				break
			}
			if st.Node != "" {
				placed.Insert(key)
			}
			a.Steps = append(a.Steps, st)
		}
		c.stop()
		if err := enc.Encode(a); err != nil {
			return err
		}
	}
	return in.Err()
}

// nominated: few nodes, nearly full, pods of several priorities, of which some
// are nominated already or wait for victims; every pod has two turns.
func (g *gen) nominated() scenario {
	nodes := 2 + g.Intn(5)
	for i := 0; i < nodes; i++ {
		g.node(i, 2)
	}
	for i := 0; i < nodes*3; i++ {
		p := g.small(fmt.Sprintf("old-%03d", i), 0, 10, 100)
		p.Spec.NodeName = fmt.Sprintf("n%03d", g.Intn(nodes))
		p.Status.Phase = v1.PodRunning
		if g.chance(25) {
			gone := metav1.NewTime(time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC))
			p.DeletionTimestamp, p.Finalizers = &gone, []string{"example.com/wait"}
			if g.chance(70) {
				p.Status.Conditions = []v1.PodCondition{{Type: v1.DisruptionTarget, Status: v1.ConditionTrue, Reason: v1.PodReasonPreemptionByScheduler}}
			}
		}
		g.add(p)
	}
	for i := 0; i < 3+g.Intn(5); i++ {
		p := g.small(fmt.Sprintf("new-%03d", i), 0, 10, 100, 1000)
		if g.chance(60) {
			p.Status.NominatedNodeName = fmt.Sprintf("n%03d", g.Intn(nodes+1)) // the last does not exist
		}
		if g.chance(10) {
			never := v1.PreemptNever
			p.Spec.PreemptionPolicy = &never
		}
		g.add(p)
		g.s.Pending = append(g.s.Pending, p.Namespace+"/"+p.Name)
	}
	g.s.Pending = append(g.s.Pending, g.s.Pending...)
	return g.s
}

func (g *gen) small(name string, priorities ...int32) *v1.Pod {
	p := g.pod(name)
	p.Spec.SchedulingGates = nil
	p.Spec.Priority = &priorities[g.Intn(len(priorities))]
	p.Spec.Containers = p.Spec.Containers[:1]
	p.Spec.InitContainers, p.Spec.Overhead, p.Spec.Resources = nil, nil, nil
	p.Spec.Containers[0].Resources.Requests = quantities("cpu", g.one("50m", "300m", "700m", "1100m"), "memory", "128Mi")
	p.Spec.Containers[0].Resources.Limits = nil
	return p
}

// sampled: many nodes in zones, and many pods that fit nearly everywhere.
func (g *gen) sampled() scenario {
	nodes, zones := 80+g.Intn(260), 1+g.Intn(4)
	for i := 0; i < nodes; i++ {
		name := fmt.Sprintf("n%03d", g.Intn(10)*1000+i)
		n := &v1.Node{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Node"}, ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{hostKey: name, zoneKey: fmt.Sprintf("z%d", g.Intn(zones))}}}
		if g.chance(20) {
			n.Labels["topology.kubernetes.io/region"] = g.one("east", "west")
		}
		if g.chance(10) {
			delete(n.Labels, zoneKey)
		}
		n.Spec.Unschedulable = g.chance(20)
		rl := quantities("cpu", g.one("4", "4", "8"), "memory", "16Gi", "pods", "110")
		n.Status = v1.NodeStatus{Capacity: rl, Allocatable: rl}
		g.add(n)
	}
	percentage := g.Intn(2) * (1 + g.Intn(99))
	g.s.Config = json.RawMessage(fmt.Sprintf(`{"apiVersion":"kubescheduler.config.k8s.io/v1","kind":"KubeSchedulerConfiguration","profiles":[{"schedulerName":"default-scheduler","percentageOfNodesToScore":%d}]}`, percentage))
	for i := 0; i < 25; i++ {
		name := fmt.Sprintf("new-%03d", i)
		p := &v1.Pod{TypeMeta: metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}, ObjectMeta: metav1.ObjectMeta{Name: name, Namespace: "default", UID: types.UID(name)}}
		p.Spec.SchedulerName = "default-scheduler"
		p.Spec.Containers = []v1.Container{{Name: "c", Image: "registry.example/app:v1"}}
		p.Spec.Containers[0].Resources.Requests = quantities("cpu", g.one("100m", "500m", "5"), "memory", "64Mi")
		g.add(p)
		g.s.Pending = append(g.s.Pending, "default/"+name)
	}
	return g.s
}

func generateCyclesCmd(args []string) error {
	fs := flag.NewFlagSet("generate-cycles", flag.ExitOnError)
	seed := fs.Int64("seed", 1, "first seed; scenario k uses seed+k")
	count := fs.Int("count", 10, "scenarios to print")
	name := fs.String("family", "nominated", "nominated, sampled")
	if err := fs.Parse(args); err != nil {
		return err
	}
	enc := json.NewEncoder(os.Stdout)
	for k := 0; k < *count; k++ {
		f := family{priorities: true}
		g := &gen{Rand: rand.New(rand.NewSource(*seed + int64(k))), family: f, name: *name}
		g.podAffinity, g.ports, g.spread = g.chance(50), g.chance(50), g.chance(30)
		s := scenario{}
		if *name == "sampled" {
			s = g.sampled()
		} else {
			s = g.nominated()
		}
		s.ID, s.Family = fmt.Sprintf("%s-%d", *name, *seed+int64(k)), *name
		if err := enc.Encode(s); err != nil {
			return err
		}
	}
	return nil
}
