"""Texts that GL604 must and must not report."""

_L = "import logging\n"
_H = "import logging.handlers\nfrom logging.handlers import RotatingFileHandler, TimedRotatingFileHandler\n"

BAD = {
    "a file": (_L + "h = logging.FileHandler('app.log')\n", [2]),
    "a file in a folder": (_L + "import os\nh = logging.FileHandler(os.path.join(folder, 'app.log'))\n", [3]),
    "a file below a path": (_L + "h = logging.FileHandler(LOGS / 'app.log', encoding='utf-8')\n", [2]),
    "a file by its name": ("from logging import FileHandler as F, FileHandler\nh = FileHandler(filename='a.log')\n", [2]),
    "appended to": (_L + "h = logging.FileHandler('a.log', 'a')\n", [2]),
    "basicConfig": (_L + "logging.basicConfig(filename='a.log', level=logging.INFO)\n", [2]),
    "basicConfig, appended": (_L + "logging.basicConfig(filename='a.log', filemode='a')\n", [2]),
    "size without a count": (_H + "h = RotatingFileHandler('a.log', maxBytes=10**6)\n", [3]),
    "size by place": (_H + "h = RotatingFileHandler('a.log', 'a', 1000)\n", [3]),
    "a count of zero": (_H + "h = RotatingFileHandler('a.log', maxBytes=10**6, backupCount=0)\n", [3]),
    "a count without size": (_H + "h = RotatingFileHandler('a.log', backupCount=5)\n", [3]),
    "neither": (_H + "h = logging.handlers.RotatingFileHandler(path)\n", [3]),
    "size of zero": (_H + "h = RotatingFileHandler(path, maxBytes=0, backupCount=5)\n", [3]),
    "time without a count": (_H + "h = TimedRotatingFileHandler('a.log', 'D', 1)\n", [3]),
    "time with zero": (_H + "h = TimedRotatingFileHandler(path, when='H', backupCount=0)\n", [3]),
    "a dictionary": ("C = {'class': 'logging.FileHandler', 'filename': 'a.log'}\n", [1]),
    "a dictionary with size": ("C = {'class': 'logging.handlers.RotatingFileHandler', 'filename': f, 'maxBytes': 9}\n", [1]),
    "a dictionary with time": ("C = {'class': 'logging.handlers.TimedRotatingFileHandler', 'filename': f, 'when': 'D'}\n", [1]),
    "loguru": ("from loguru import logger\nlogger.add('a.log', rotation='1 MB')\n", [2]),
    "CloudWatch": ("import boto3\nc = boto3.client('logs')\nc.create_log_group(logGroupName='a')\n", [3]),
    "CDK": ("from aws_cdk import aws_logs as logs\nlogs.LogGroup(self, 'a', retention=logs.RetentionDays.INFINITE)\n", [2]),
    "Pulumi": ("import pulumi_aws as aws\ng = aws.cloudwatch.LogGroup('a', name='b')\n", [2]),
    "in a method": (_L + "class A:\n    def f(self):\n        self.h = logging.FileHandler('a.log')\n", [4]),
    "in a list": (_L + "logging.basicConfig(handlers=[logging.FileHandler('a.log'), logging.StreamHandler()])\n", [2]),
    "over lines": (_H + "h = TimedRotatingFileHandler(\n    'a.log',\n    when='D',\n)\n", [3]),
}

PEDANTIC = {
    "a name from elsewhere": (_L + "def f(path):\n    return logging.FileHandler(path)\n", [3]),
    "basicConfig with a name": (_L + "logging.basicConfig(filename=args.log)\n", [2]),
    "a name with a part": (_L + "h = logging.FileHandler(f'{name}.log')\n", [2]),
    "beside one that rotates": (_H + "a = logging.FileHandler('a.log')\nb = RotatingFileHandler('b.log', 'a', 9, 3)\n", [3]),
}

GOOD = {
    "turned over by hand": _H + "h = RotatingFileHandler('a.log', backupCount=1)\nh.doRollover()\n",
    "a log group that goes": "import boto3\nc = boto3.client('logs')\nc.create_log_group(logGroupName='a')\n"
    "c.delete_log_group(logGroupName='a')\n",
    "both": _H + "h = RotatingFileHandler('a.log', maxBytes=10**6, backupCount=3)\n",
    "both by place": _H + "h = RotatingFileHandler('a.log', 'a', 1000, 3)\n",
    "both from the settings": _H + "h = RotatingFileHandler('a.log', maxBytes=size, backupCount=count)\n",
    "time with a count": _H + "h = TimedRotatingFileHandler('a.log', 'D', 1, 7)\n",
    "written anew": _L + "h = logging.FileHandler('a.log', mode='w')\n",
    "written anew, by place": _L + "h = logging.FileHandler('a.log', 'w')\n",
    "basicConfig, written anew": _L + "logging.basicConfig(filename='a.log', filemode='w')\n",
    "to the terminal": _L + "logging.basicConfig(level=logging.INFO)\n",
    "no file after all": _L + "logging.basicConfig(filename=None)\n",
    "watched": _H + "h = logging.handlers.WatchedFileHandler('a.log')\n",
    "temporary": _L + "h = logging.FileHandler(tempfile.gettempdir() + '/a.log')\n",
    "one for each run": _L + "h = logging.FileHandler(f'run-{datetime.now()}.log')\n",
    "one for each process": _L + "import os\nh = logging.FileHandler('a-%d.log' % os.getpid())\n",
    "nowhere": _L + "import os\nh = logging.FileHandler(os.devnull)\n",
    "unknown arguments": _H + "h = RotatingFileHandler('a.log', **options)\n",
    "another handler": "from urllib.request import FileHandler\nh = FileHandler()\n",
    "own handler": "from mine import FileHandler\nh = FileHandler('a.log')\n",
    "a subclass": _L + "class H(logging.FileHandler):\n    pass\n",
    "a dictionary that bounds it": "C = {'class': 'logging.handlers.RotatingFileHandler', 'maxBytes': 9, 'backupCount': 2}\n",
    "a dictionary for the terminal": "C = {'class': 'logging.StreamHandler', 'formatter': 'x'}\n",
    "a dictionary of something else": "C = {'class': 'menu', 'filename': 'a.log'}\n",
    "a dictionary with more": "C = {**base, 'class': 'logging.FileHandler', 'filename': 'a.log'}\n",
    "loguru with an end": "from loguru import logger\nlogger.add('a.log', rotation='1 MB', retention=5)\n",
    "loguru to the terminal": "import sys\nfrom loguru import logger\nlogger.add(sys.stderr)\n",
    "a set": "seen.add('a.log')\n",
    "CloudWatch with an end": "import boto3\nc = boto3.client('logs')\nc.create_log_group(logGroupName='a')\n"
    "c.put_retention_policy(logGroupName='a', retentionInDays=7)\n",
    "CDK with an end": "from aws_cdk import aws_logs as logs\n"
    "logs.LogGroup(self, 'a', retention=logs.RetentionDays.ONE_WEEK)\n",
    "Pulumi with an end": "import pulumi_aws as aws\ng = aws.cloudwatch.LogGroup('a', retention_in_days=7)\n",
}
