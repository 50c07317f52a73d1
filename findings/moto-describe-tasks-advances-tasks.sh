#!/usr/bin/env bash
# Looking at a task in moto makes it end. Each DescribeTasks moves a task one step on: from RUNNING
# through DEACTIVATING, STOPPING and DEPROVISIONING to STOPPED, while desiredStatus stays RUNNING
# and nothing was asked to stop. A test that polls a healthy task finds it stopped after a few looks.
# Seen with moto 5.2.5 and boto3 1.44.8. On Amazon ECS, DescribeTasks changes nothing.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" && "$folder/venv/bin/pip" install -q 'moto[ecs,ec2]==5.2.5' 'boto3==1.44.8' || exit 2
cat > "$folder/run.py" <<'PY'
import json, os, sys
os.environ.update(AWS_ACCESS_KEY_ID='a', AWS_SECRET_ACCESS_KEY='b', AWS_DEFAULT_REGION='us-east-1')
import boto3
import moto
from moto import mock_aws
from moto.ec2 import utils

with mock_aws():
    ec2, ecs = boto3.client('ec2'), boto3.client('ecs')
    ecs.create_cluster(clusterName='c')
    image = ec2.describe_images()['Images'][0]['ImageId']
    machine = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)['Instances'][0]
    document = utils.generate_instance_identity_document(
        boto3.resource('ec2').Instance(machine['InstanceId']))
    ecs.register_container_instance(cluster='c', instanceIdentityDocument=json.dumps(document))
    ecs.register_task_definition(family='web', containerDefinitions=[
        {'name': 'web', 'image': 'web', 'cpu': 128, 'memory': 64}])
    task = ecs.run_task(cluster='c', taskDefinition='web')['tasks'][0]
    seen = [(task['lastStatus'], task['desiredStatus'])]
    for _ in range(8):
        task = ecs.describe_tasks(cluster='c', tasks=[task['taskArn']])['tasks'][0]
        seen.append((task['lastStatus'], task['desiredStatus']))
print('moto', moto.__version__, 'boto3', boto3.__version__)
for at, (last, desired) in enumerate(seen):
    print('RunTask' if at == 0 else f'look {at}', 'lastStatus', last, 'desiredStatus', desired)
sys.exit(0 if seen[-1][0] == 'STOPPED' and all(desired == 'RUNNING' for _, desired in seen) else 1)
PY
"$folder/venv/bin/python" "$folder/run.py"
