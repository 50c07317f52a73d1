// Command fit-error makes scenarios, and says in the upstream scheduler's own
// words why a pod fits nowhere: the message of the event that kubectl shows.
//
//	fit-error -seed N -count N > rows.jsonl
//	fit-error -stdin < scenarios.jsonl > rows.jsonl
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/events"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/scheduler"
	schedulerapi "k8s.io/kubernetes/pkg/scheduler/apis/config"
	configscheme "k8s.io/kubernetes/pkg/scheduler/apis/config/scheme"
	internalcache "k8s.io/kubernetes/pkg/scheduler/backend/cache"
	"k8s.io/kubernetes/pkg/scheduler/framework"
	"k8s.io/kubernetes/pkg/scheduler/profile"
)

// row is a scenario with its answers: a message for each pending pod, which is
// empty where the pod has a place or waits at a gate. No pod that is pending
// is placed, so that each is asked about the same cluster.
type row struct {
	ID       string            `json:"id"`
	Config   json.RawMessage   `json:"config,omitempty"`
	Objects  []json.RawMessage `json:"objects"`
	Pending  []string          `json:"pending"`
	Messages []string          `json:"messages,omitempty"`
}

type world struct {
	ctx   context.Context
	stop  context.CancelFunc
	sched *scheduler.Scheduler
	snap  *internalcache.Snapshot
	pods  map[string]*v1.Pod
}

func open(r row) (*world, error) {
	w := &world{pods: map[string]*v1.Pod{}, snap: internalcache.NewEmptySnapshot()}
	var objects []runtime.Object
	for i, raw := range r.Objects {
		object, _, err := clientscheme.Codecs.UniversalDeserializer().Decode(raw, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("object %d: %w", i, err)
		}
		if pod, ok := object.(*v1.Pod); ok {
			if pod.UID == "" {
				pod.UID = types.UID(pod.Namespace + "/" + pod.Name)
			}
			w.pods[pod.Namespace+"/"+pod.Name] = pod
		}
		objects = append(objects, object)
	}
	client := fake.NewClientset(objects...)
	w.ctx, w.stop = context.WithCancel(context.Background())
	factory := informers.NewSharedInformerFactory(client, 0)
	everyNode := int32(100)
	options := []scheduler.Option{
		scheduler.WithNodeInfoSnapshot(w.snap),
		scheduler.WithPercentageOfNodesToScore(&everyNode),
	}
	if len(r.Config) > 0 {
		object, _, err := configscheme.Codecs.UniversalDecoder().Decode(r.Config, nil, nil)
		if err != nil {
			return nil, err
		}
		options = append(options, scheduler.WithProfiles(object.(*schedulerapi.KubeSchedulerConfiguration).Profiles...))
	}
	silent := profile.RecorderFactory(func(string) events.EventRecorderLogger { return &silence{} })
	sched, err := scheduler.New(w.ctx, client, factory, nil, silent, options...)
	if err != nil {
		return nil, err
	}
	w.sched = sched
	factory.Start(w.ctx.Done())
	factory.WaitForCacheSync(w.ctx.Done())
	return w, sched.WaitForHandlersSync(w.ctx)
}

// message does what a cycle does with a pod that fits nowhere, and stops where
// the event would be written.
func (w *world) message(name string) (string, error) {
	pod := w.pods[name]
	if pod == nil {
		return "", fmt.Errorf("no pod %q", name)
	}
	pod = pod.DeepCopy()
	plugins, ok := w.sched.Profiles[pod.Spec.SchedulerName]
	if !ok {
		return "", fmt.Errorf("no profile for scheduler %q", pod.Spec.SchedulerName)
	}
	for _, plugin := range plugins.PreEnqueuePlugins() {
		if !plugin.PreEnqueue(w.ctx, pod).IsSuccess() {
			return "", nil
		}
	}
	if err := w.sched.Cache.UpdateSnapshot(klog.Background(), w.snap); err != nil {
		return "", err
	}
	info, err := framework.NewPodInfo(pod)
	if err != nil {
		return "", err
	}
	state := framework.NewCycleState()
	_, err = w.sched.SchedulePod(w.ctx, plugins, state, &framework.QueuedPodInfo{PodInfo: info})
	if err == nil {
		return "", nil
	}
	var refused *framework.FitError
	if errors.As(err, &refused) && plugins.HasPostFilterPlugins() {
		_, status := plugins.RunPostFilterPlugins(w.ctx, state, pod, refused.Diagnosis.NodeToStatus)
		refused.Diagnosis.PostFilterMsg = status.Message()
	}
	return err.Error(), nil
}

// answered asks about each pod in a world of its own: what preemption deletes
// for one must not be gone for the next.
func answered(r row) (row, error) {
	r.Messages = nil
	for _, name := range r.Pending {
		w, err := open(r)
		if err != nil {
			return r, err
		}
		message, err := w.message(name)
		w.stop()
		if err != nil {
			return r, err
		}
		r.Messages = append(r.Messages, message)
	}
	return r, nil
}

func main() {
	klog.SetOutput(io.Discard)
	quiet := flag.NewFlagSet("klog", flag.ContinueOnError)
	klog.InitFlags(quiet)
	_ = quiet.Set("logtostderr", "false")
	_ = quiet.Set("stderrthreshold", "FATAL")
	seed := flag.Int64("seed", 1, "of the scenarios")
	count := flag.Int("count", 10, "of the scenarios")
	stdin := flag.Bool("stdin", false, "read scenarios instead of making them")
	flag.Parse()
	rows := made(*seed, *count)
	if *stdin {
		rows = read(os.Stdin)
	}
	out := json.NewEncoder(os.Stdout)
	for _, r := range rows {
		a, err := answered(r)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", r.ID, err)
			continue
		}
		if err := out.Encode(a); err != nil {
			panic(err)
		}
	}
}

func read(from io.Reader) []row {
	var rows []row
	in := bufio.NewScanner(from)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	for in.Scan() {
		var r row
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			panic(err)
		}
		rows = append(rows, r)
	}
	return rows
}

type silence struct{}

func (*silence) Eventf(runtime.Object, runtime.Object, string, string, string, string, ...interface{}) {
}
func (s *silence) WithLogger(klog.Logger) events.EventRecorderLogger { return s }
