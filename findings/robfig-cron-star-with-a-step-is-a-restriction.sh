#!/usr/bin/env bash
# crontab(5) of Vixie cron says that a day of the month and a day of the week that are both
# restricted are alternatives, and that a field which begins with `*` is not restricted: people
# write `*/100,1-7` with a weekday for the first Monday of a month. Here a `*` with a step is a
# restriction, so that the same line runs on the first seven days and on every Monday; and the whole
# range `1-31`, which says no more than `*`, makes a weekly schedule a daily one. CronJobs of
# Kubernetes take their times from here.
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

	"github.com/robfig/cron/v3"
)

// runsIn2024 counts the runs of a schedule in the year 2024, which has 53 Mondays.
func runsIn2024(schedule string) (count int) {
	parsed, err := cron.ParseStandard(schedule)
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	for at := parsed.Next(time.Date(2023, 12, 31, 23, 0, 0, 0, time.UTC)); at.Year() == 2024; at = parsed.Next(at) {
		count++
	}
	return count
}

func main() {
	fmt.Println("github.com/robfig/cron/v3 v3.0.1, days of 2024")
	ok := true
	for _, row := range []struct {
		schedule string
		count    int
	}{
		{"0 0 * * 1", 53},
		{"0 0 1-31 * 1", 366},
		{"0 0 */2 * 1", 213},
		{"0 0 */100,1-7 * 1", 125},
	} {
		count := runsIn2024(row.schedule)
		fmt.Printf("%-18s %3d runs\n", row.schedule, count)
		ok = ok && count == row.count
	}
	if !ok {
		os.Exit(1)
	}
}
GO
go mod tidy >/dev/null 2>&1 || { echo 'could not install'; exit 2; }
go build -mod=mod -o finding . 2>/dev/null || { echo 'could not install'; exit 2; }
./finding
