// Uses the component from Go: go run . kernel.core.wasm, the core module that jco makes of it.
//
// wazero knows no components, so strings are put into the memory by hand, and the table of handles
// is ours: the component asks for a handle of a cluster, and for the cluster of a handle.
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

const scheduler = "stowage:kernel/scheduler@0.1.0"

// Bytes of a result with an id, and of one with an answer.
const sizeOfID, sizeOfAnswer = 16, 32

func must[Value any](value Value, err error) Value {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

// handles gives the component numbers for its clusters.
func handles(ctx context.Context, runtime wazero.Runtime) {
	clusters := map[uint32]uint32{}
	next := uint32(0)
	builder := runtime.NewHostModuleBuilder("[export]" + scheduler)
	builder.NewFunctionBuilder().WithFunc(func(cluster uint32) uint32 {
		next++
		clusters[next] = cluster
		return next
	}).Export("[resource-new]cluster")
	builder.NewFunctionBuilder().WithFunc(func(handle uint32) uint32 {
		return clusters[handle]
	}).Export("[resource-rep]cluster")
	builder.NewFunctionBuilder().WithFunc(func(handle uint32) {
		delete(clusters, handle)
	}).Export("[resource-drop]cluster")
	must(builder.Instantiate(ctx))
	clusterOf = func(handle uint32) uint32 { return clusters[handle] }
}

var clusterOf func(handle uint32) uint32

type component struct {
	ctx    context.Context
	module api.Module
}

// text puts a string into the memory of the component, and gives its place and length.
func (c component) text(text string) []uint64 {
	place := must(c.module.ExportedFunction("cabi_realloc").Call(c.ctx, 0, 0, 1, uint64(len(text))))
	c.module.Memory().Write(uint32(place[0]), []byte(text))
	return []uint64{place[0], uint64(len(text))}
}

// call calls a function and gives the bytes of its answer, of a size of zero the number that it is.
// What the component lent for the answer it takes back at the end, before the next call.
func (c component) call(name string, size uint32, arguments ...uint64) []byte {
	function := scheduler + "#" + name
	answer := must(c.module.ExportedFunction(function).Call(c.ctx, arguments...))
	if post := c.module.ExportedFunction("cabi_post_" + function); post != nil {
		defer post.Call(c.ctx, answer[0])
	}
	if size == 0 {
		return binary.LittleEndian.AppendUint32(nil, uint32(answer[0]))
	}
	bytes, _ := c.module.Memory().Read(uint32(answer[0]), size)
	copied := append([]byte{}, bytes...)
	if copied[0] == 1 {
		// What a result holds stands at a multiple of the size of its largest number.
		at := map[uint32]int{sizeOfID: 8, sizeOfAnswer: 4}[size]
		sentence, _ := c.module.Memory().Read(word(copied, at), word(copied, at+4))
		fmt.Println(string(sentence))
	}
	return copied
}

func word(bytes []byte, at int) uint32 { return binary.LittleEndian.Uint32(bytes[at:]) }

func main() {
	ctx := context.Background()
	config := wazero.NewRuntimeConfig()
	if len(os.Args) > 2 {
		config = config.WithCompilationCache(must(wazero.NewCompilationCacheWithDir(os.Args[2])))
	}
	runtime := wazero.NewRuntimeWithConfig(ctx, config)
	defer runtime.Close(ctx)
	handles(ctx, runtime)
	compiled := must(runtime.CompileModule(ctx, must(os.ReadFile(os.Args[1]))))
	module := must(runtime.InstantiateModule(ctx, compiled, wazero.NewModuleConfig().WithStartFunctions()))
	c := component{ctx, module}

	handle := word(c.call("[constructor]cluster", 0), 0)
	cluster := uint64(clusterOf(handle))
	for _, node := range []string{
		`{"name":"small","capacity":[[0,100]],"attributes":[],"marks":[]}`,
		`{"name":"large","capacity":[[0,1000]],"attributes":[],"marks":[]}`,
	} {
		c.call("[method]cluster.join", sizeOfID, append([]uint64{cluster}, c.text(node)...)...)
	}
	class := `{"facts":[],"occupies":[[0,400]],"priority":0,
		"filters":[{"_tag":"Fit","plugin":0,"removable":true,
			"parts":[{"dimension":0,"amount":400,"reason":0,"slot":false}]}],
		"choice":{"_tag":"Sum","scores":[],"tie":"rank"}}`
	job := c.call("[method]cluster.define", sizeOfID, append([]uint64{cluster}, c.text(class)...)...)
	answer := c.call("[method]cluster.place", sizeOfAnswer, cluster, binary.LittleEndian.Uint64(job[8:]), 3)
	fmt.Printf("%d placed, %d not\n", word(answer, 8), word(answer, 16))
	c.call("[method]cluster.join", sizeOfID, append([]uint64{cluster}, c.text("{")...)...)
}
