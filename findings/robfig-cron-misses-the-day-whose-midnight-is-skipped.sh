#!/usr/bin/env bash
# A schedule for a weekday does not run on the day whose midnight the clocks skip, as they do
# in Egypt on the last Friday of April and in Lebanon on the last Sunday of March: `0 12 * * 5` in
# Africa/Cairo skips that Friday's noon, eleven hours after the change. The search steps to 01:00 of
# that day, goes back an hour to the day before, and then over the whole day. CronJobs of Kubernetes
# with a `timeZone` take their times from here. Where clocks change at another hour no day is lost.
# Seen with github.com/robfig/cron/v3 v3.0.1, the one that Kubernetes 1.37 requires.
set -u
command -v go >/dev/null || { echo 'needs Go'; exit 2; }
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 2
cat > go.mod <<'MOD'
module finding

go 1.26.0

require github.com/robfig/cron/v3 v3.0.1
MOD
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

// noons counts the runs at noon in the year 2024 of a zone, and says whether one is on a day.
func noons(schedule, zone, day string) (count int, runs bool) {
	location, err := time.LoadLocation(zone)
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	parsed, err := cron.ParseStandard(schedule)
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	for at := parsed.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, location)); at.Year() == 2024; at = parsed.Next(at) {
		count++
		runs = runs || at.Format("2006-01-02") == day
	}
	return count, runs
}

func main() {
	ok := true
	for _, row := range []struct {
		schedule, zone, day string
		count               int
		runs                bool
	}{
		{"0 12 * * 5", "Africa/Cairo", "2024-04-26", 51, false},
		{"0 12 * * 0", "Asia/Beirut", "2024-03-31", 51, false},
		{"0 12 31 3 *", "Asia/Beirut", "2024-03-31", 0, false},
		{"0 12 * * 0", "Europe/Athens", "2024-03-31", 52, true},
		{"0 12 * * *", "Asia/Beirut", "2024-03-31", 366, true},
	} {
		count, runs := noons(row.schedule, row.zone, row.day)
		fmt.Printf("%-12s in %-14s %3d runs in 2024; on %s, when clocks change: %t\n", row.schedule, row.zone, count, row.day, runs)
		ok = ok && count == row.count && runs == row.runs
	}
	if !ok {
		os.Exit(1)
	}
}
GO
go mod tidy >/dev/null 2>&1 || { echo 'could not install'; exit 2; }
go build -mod=mod -o finding . 2>/dev/null || { echo 'could not install'; exit 2; }
./finding
