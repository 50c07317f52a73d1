#!/usr/bin/env bash
# UpdateService with a new task definition starts no deployment in moto: the service names the new
# revision at once, while its only deployment is the first one, of the old revision, under the same
# id and IN_PROGRESS however often it is looked at. No event is written. Code that waits for the
# deployment it has just asked for finds the one before it.
# Seen with moto 5.2.5 and boto3 1.44.8. On Amazon ECS the update is a second, PRIMARY deployment.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install -q 'moto[ecs,ec2]==5.2.5' 'boto3==1.44.8' || exit 2
cat > "$folder/run.py" <<'PY'
import os, sys
os.environ.update(AWS_ACCESS_KEY_ID='a', AWS_SECRET_ACCESS_KEY='b', AWS_DEFAULT_REGION='us-east-1')
import boto3
import moto
from moto import mock_aws

revision = lambda value: value['taskDefinition'].split('/')[-1]
with mock_aws():
    ecs = boto3.client('ecs')
    ecs.create_cluster(clusterName='c')
    for image in 'one', 'two':
        ecs.register_task_definition(family='web', containerDefinitions=[
            {'name': 'web', 'image': image, 'cpu': 128, 'memory': 64}])
    first = ecs.create_service(cluster='c', serviceName='s', taskDefinition='web:1', desiredCount=3)['service']
    ecs.update_service(cluster='c', service='s', taskDefinition='web:2')
    looks = [ecs.describe_services(cluster='c', services=['s'])['services'][0] for _ in range(5)]
last = looks[-1]
print('moto', moto.__version__, 'boto3', boto3.__version__)
print('the service has', revision(last), 'and', len(last['events']), 'events')
for one in last['deployments']:
    print('deployment:', one['status'], revision(one), one['rolloutState'],
          '(the first one)' if one['id'] == first['deployments'][0]['id'] else '(new)')
same = all(revision(look) == 'web:2' and not look['events'] and
           [(one['id'], revision(one)) for one in look['deployments']] ==
           [(first['deployments'][0]['id'], 'web:1')] for look in looks)
sys.exit(0 if same else 1)
PY
"$folder/venv/bin/python" "$folder/run.py"
