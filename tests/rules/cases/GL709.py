"""Texts that GL709 must and must not report."""

_A = "from apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\n"
_S = "import schedule\n"
_C = "from celery import Celery\napp = Celery()\n"

BAD = {
    "interval": (_A + "s.add_job(f, 'interval', seconds=5)\n", [3]),
    "interval by keyword": (_A + "s.add_job(f, trigger='interval', seconds=30)\n", [3]),
    "half a minute": (_A + "s.add_job(f, 'interval', minutes=0.5)\n", [3]),
    "a decorator": (_A + "@s.scheduled_job('interval', seconds=10)\ndef f():\n    pass\n", [3]),
    "cron with seconds": (_A + "s.add_job(f, 'cron', second='*/15')\n", [3]),
    "each second": (_A + "s.add_job(f, 'cron', second='*')\n", [3]),
    "a trigger": ("from apscheduler.triggers.interval import IntervalTrigger\nt = IntervalTrigger(seconds=3)\n", [2]),
    "a cron trigger": ("from apscheduler.triggers.cron import CronTrigger\nt = CronTrigger(second='*/5')\n", [2]),
    "flask": (
        "from flask_apscheduler import APScheduler\ns = APScheduler()\n"
        "@s.task('interval', id='a', seconds=20)\ndef f():\n    pass\n",
        [3],
    ),
    "a name for the period": (_A + "PERIOD = 15\ns.add_job(f, 'interval', seconds=PERIOD)\n", [4]),
    "schedule": (_S + "schedule.every(5).seconds.do(f)\n", [2]),
    "each second of schedule": (_S + "schedule.every().second.do(f)\n", [2]),
    "by name": ("from schedule import every\nevery(2).seconds.do(f)\n", [2]),
    "own scheduler": ("import schedule\ns = schedule.Scheduler()\ns.every(4).seconds.do(f)\n", [3]),
    "celery": (_C + "app.add_periodic_task(10.0, f.s())\n", [3]),
    "celery by timedelta": (_C + "from datetime import timedelta\napp.add_periodic_task(timedelta(seconds=9), f.s())\n", [4]),
    "in a hook": (
        _C + "@app.on_after_configure.connect\ndef setup(sender, **kw):\n    sender.add_periodic_task(5, f.s())\n",
        [5],
    ),
    "a beat schedule": ("B = {'a': {'task': 'm.f', 'schedule': 30.0}}\n", [1]),
    "a beat schedule by timedelta": (
        "from datetime import timedelta\nB = {'a': {'task': 'm.f', 'schedule': timedelta(seconds=5), 'args': ()}}\n",
        [2],
    ),
    "a beat schedule in a class": ("class C:\n    CELERY_BEAT_SCHEDULE = {'a': {'task': 'm.f', 'schedule': 1}}\n", [2]),
    "celery's schedule": (
        "from celery.schedules import schedule\nB = {'a': {'task': 'm.f', 'schedule': schedule(run_every=5)}}\n",
        [2],
    ),
    "rq": ("from rq_scheduler import Scheduler\ns = Scheduler()\ns.schedule(scheduled_time=now, func=f, interval=10)\n", [3]),
    "a bot": ("from discord.ext import tasks\n@tasks.loop(seconds=5)\nasync def f():\n    pass\n", [2]),
    "fastapi": ("from fastapi_utils.tasks import repeat_every\n@repeat_every(seconds=10)\nasync def f():\n    pass\n", [2]),
    "Airflow": ("from airflow import DAG\nfrom datetime import timedelta\nd = DAG('a', schedule=timedelta(seconds=30))\n", [3]),
    "a product": (_A + "s.add_job(f, 'interval', seconds=0.5 * 60)\n", [3]),
}

PEDANTIC = {
    "once a minute": (_S + "schedule.every(1).minutes.do(f)\n", [2]),
    "each minute": (_S + "schedule.every().minute.do(f)\n", [2]),
    "a crontab of each minute": (
        "from celery.schedules import crontab\nB = {'a': {'task': 'm.f', 'schedule': crontab()}}\n",
        [2],
    ),
    "a line of cron": ("from airflow import DAG\nd = DAG('a', schedule='* * * * *')\n", [2]),
    "a line of cron, the old name": ("from airflow import DAG\nd = DAG('a', schedule_interval='*/1 * * * *')\n", [2]),
    "huey": (
        "from huey import RedisHuey, crontab\nh = RedisHuey()\n@h.periodic_task(crontab(minute='*'))\ndef f():\n    pass\n",
        [3],
    ),
    "sixty seconds": (_A + "s.add_job(f, 'interval', seconds=60)\n", [3]),
}

GOOD = {
    "minutes": _A + "s.add_job(f, 'interval', minutes=5)\n",
    "hours": _A + "s.add_job(f, 'interval', hours=1, seconds=5)\n",
    "a cron at night": _A + "s.add_job(f, 'cron', hour=3)\n",
    "a cron with a second": _A + "s.add_job(f, 'cron', hour=3, second=0)\n",
    "once": _A + "s.add_job(f, 'date', run_date=when)\n",
    "as the settings say": _A + "s.add_job(f, 'interval', seconds=settings.PERIOD)\n",
    "from arguments": _A + "def add(n):\n    s.add_job(f, 'interval', seconds=n)\n",
    "unknown arguments": _A + "s.add_job(f, 'interval', **when)\n",
    "without a period": _A + "s.add_job(f)\n",
    "a day": _S + "schedule.every().day.at('10:30').do(f)\n",
    "an hour": _S + "schedule.every().hour.do(f)\n",
    "ten minutes": _S + "schedule.every(10).minutes.do(f)\n",
    "a weekday": _S + "schedule.every().monday.do(f)\n",
    "five minutes of celery": _C + "app.add_periodic_task(300.0, f.s())\n",
    "a crontab": "from celery.schedules import crontab\nB = {'a': {'task': 'm.f', 'schedule': crontab(minute=0)}}\n",
    "a crontab of five minutes": "from celery.schedules import crontab\n"
    "B = {'a': {'task': 'm.f', 'schedule': crontab(minute='*/5')}}\n",
    "an hour of each day": "from celery.schedules import crontab\n"
    "B = {'a': {'task': 'm.f', 'schedule': crontab(hour=3, minute='*')}}\n",
    "a dictionary of something else": "B = {'schedule': 5, 'name': 'x'}\n",
    "a beat schedule by name": "B = {'a': {'task': 'm.f', 'schedule': PERIOD()}}\n",
    "daily": "from airflow import DAG\nd = DAG('a', schedule='@daily')\n",
    "a line of cron at night": "from airflow import DAG\nd = DAG('a', schedule='0 3 * * *')\n",
    "another library": "s.add_job(f, 'interval', seconds=5)\n",
    "another every": "from mine import every\nevery(5).seconds.do(f)\n",
    "a loop of events": "import asyncio\nloop.add_job(f, seconds=5)\n",
    "a slow bot": "from discord.ext import tasks\n@tasks.loop(minutes=10)\nasync def f():\n    pass\n",
    "rq once an hour": "from rq_scheduler import Scheduler\ns = Scheduler()\n"
    "s.schedule(scheduled_time=now, func=f, interval=3600)\n",
    "zero": _A + "s.add_job(f, 'interval', seconds=0)\n",
}

BAD |= {
    "a range of seconds": (
        "import schedule\nschedule.every(5).to(10).seconds.do(f)\n",
        [2],
    ),
    "the line of a long call": (
        "from airflow import DAG\nfrom datetime import timedelta\nwith DAG(\n    'a',\n    start_date=S,\n"
        "    catchup=False,\n    schedule=timedelta(seconds=20),\n):\n    pass\n",
        [7],
    ),
    "a timetable": (
        "from airflow import DAG\nfrom airflow.timetables.trigger import DeltaTriggerTimetable\n"
        "from datetime import timedelta\nd = DAG('a', schedule=DeltaTriggerTimetable(timedelta(seconds=30)))\n",
        [4],
    ),
    "without a pause": (
        "from airflow import DAG\nd = DAG('a', schedule='@continuous')\n",
        [2],
    ),
    "aiocron": (
        "import aiocron\n@aiocron.crontab('* * * * * */10')\nasync def f():\n    pass\n",
        [2],
    ),
    "procrastinate": (
        "import procrastinate\napp = procrastinate.App(connector=c)\n@app.periodic(cron='* * * * * */5')\n@app.task\n"
        "def f(t):\n    pass\n",
        [3],
    ),
    "rocketry": (
        "from rocketry import Rocketry\napp = Rocketry()\n@app.task('every 5 seconds')\ndef f():\n    pass\n",
        [3],
    ),
    "rocketry by a condition": (
        "from rocketry import Rocketry\nfrom rocketry.conds import every\napp = Rocketry()\n"
        "@app.task(every('10 seconds'))\ndef f():\n    pass\n",
        [4],
    ),
    "arq": (
        "from arq import cron\nclass W:\n    cron_jobs = [cron(f, second={0, 15, 30, 45})]\n",
        [3],
    ),
    "prefect": (
        "from prefect import flow\n@flow\ndef f():\n    pass\nf.serve(name='f', interval=5)\n",
        [5],
    ),
    "prefect by timedelta": (
        "from prefect.client.schemas.schedules import IntervalSchedule\nfrom datetime import timedelta\n"
        "s = IntervalSchedule(interval=timedelta(seconds=10))\n",
        [3],
    ),
    "a row of beat": (
        "from django_celery_beat.models import IntervalSchedule\n"
        "s, _ = IntervalSchedule.objects.get_or_create(every=10, period=IntervalSchedule.SECONDS)\n",
        [2],
    ),
    "azure": (
        "import azure.functions as func\napp = func.FunctionApp()\n"
        "@app.timer_trigger(schedule='*/5 * * * * *', arg_name='t')\ndef f(t):\n    pass\n",
        [3],
    ),
    "a bot that repeats": (
        "from telegram.ext import Application\napp = Application.builder().token(T).build()\n"
        "app.job_queue.run_repeating(f, interval=5)\n",
        [3],
    ),
    "taskiq": (
        "from taskiq import InMemoryBroker\nbroker = InMemoryBroker()\n@broker.task(schedule=[{'cron': '* * * * * */5'}])\n"
        "async def f():\n    pass\n",
        [3],
    ),
    "fastapi of another name": (
        "from fastapi_utilities import repeat_every\n@repeat_every(seconds=10)\nasync def f():\n    pass\n",
        [2],
    ),
    "rq itself": (
        "from rq.cron import register\nimport rq_scheduler\nregister(func=f, queue_name='q', interval=5)\n",
        [3],
    ),
    "temporal": (
        "from temporalio.client import ScheduleIntervalSpec\nfrom datetime import timedelta\n"
        "s = ScheduleIntervalSpec(every=timedelta(seconds=10))\n",
        [3],
    ),
    "timeloop": (
        "from timeloop import Timeloop\nfrom datetime import timedelta\nt = Timeloop()\n"
        "@t.job(interval=timedelta(seconds=2))\ndef f():\n    pass\n",
        [4],
    ),
    "redbeat": (
        "from redbeat import RedBeatSchedulerEntry\nfrom celery.schedules import schedule\n"
        "e = RedBeatSchedulerEntry('a', 'm.f', schedule(run_every=5))\n",
        [3],
    ),
}

PEDANTIC |= {
    "a crontab of APScheduler": (
        "from apscheduler.triggers.cron import CronTrigger\nt = CronTrigger.from_crontab('* * * * *')\n",
        [2],
    ),
    "periodiq": (
        "import dramatiq\nfrom periodiq import cron\n@dramatiq.actor(periodic=cron('* * * * *'))\ndef f():\n    pass\n",
        [3],
    ),
    "dagster": (
        "from dagster import schedule\n@schedule(cron_schedule='* * * * *', job=j)\ndef f(c):\n    pass\n",
        [2],
    ),
    "modal": (
        "import modal\napp = modal.App()\n@app.function(schedule=modal.Cron('* * * * *'))\ndef f():\n    pass\n",
        [3],
    ),
    "chalice": (
        "from chalice import Chalice, Rate\napp = Chalice('a')\n@app.schedule(Rate(1, unit=Rate.MINUTES))\ndef f(e):\n"
        "    pass\n",
        [3],
    ),
    "a rate of a cloud": (
        "import boto3\nboto3.client('events').put_rule(Name='a', ScheduleExpression='rate(1 minute)')\n",
        [2],
    ),
    "django-q": (
        "from django_q.models import Schedule\n"
        "Schedule.objects.create(func='m.f', schedule_type=Schedule.MINUTES, minutes=1)\n",
        [2],
    ),
    "firebase": (
        "from firebase_functions import scheduler_fn\n@scheduler_fn.on_schedule(schedule='every 1 minutes')\ndef f(e):\n"
        "    pass\n",
        [2],
    ),
    "kronos": (
        "import kronos\n@kronos.register('* * * * *')\ndef f():\n    pass\n",
        [2],
    ),
    "arq, each minute": (
        "from arq import cron\nc = cron(f)\n",
        [2],
    ),
    "tornado": (
        "from tornado.ioloop import PeriodicCallback\nPeriodicCallback(f, 500).start()\n",
        [2],
    ),
}

SILENT = {
    "aiocron at night": "import aiocron\n@aiocron.crontab('0 3 * * *')\nasync def f():\n    pass\n",
    "azure, each hour": (
        "import azure.functions as func\napp = func.FunctionApp()\n"
        "@app.timer_trigger(schedule='0 0 * * * *', arg_name='t')\ndef f(t):\n    pass\n"
    ),
    "arq, at night": "from arq import cron\nc = cron(f, hour=3, minute=0)\n",
    "prefect, each hour": "from prefect import flow\nf.serve(name='f', interval=3600)\n",
    "rocketry, each day": "from rocketry import Rocketry\napp = Rocketry()\n@app.task('daily')\ndef f():\n    pass\n",
    "a row of beat, minutes": (
        "from django_celery_beat.models import IntervalSchedule\n"
        "IntervalSchedule.objects.create(every=10, period=IntervalSchedule.MINUTES)\n"
    ),
    "another row": (
        "from django_celery_beat.models import PeriodicTask\nPeriodicTask.objects.create(name='a', enabled=True)\n"
        "User.objects.create(every=5)\n"
    ),
    "another Interval": "from dash import dcc\nx = dcc.Interval(interval=1000)\n",
    "a timetable of a day": (
        "from airflow import DAG\nfrom airflow.timetables.trigger import CronTriggerTimetable\n"
        "d = DAG('a', schedule=CronTriggerTimetable('0 0 * * *'))\n"
    ),
    "a job of another kind": "import telegram, http.server\nhttp.server.serve(interval=5)\n",
    "minutes of some hours": "from airflow import DAG\nd = DAG('a', schedule='* 3 * * *')\n",
    "a range of minutes": "import schedule\nschedule.every(5).to(10).minutes.do(f)\n",
    "a rate of an hour": "import boto3\nboto3.client('events').put_rule(Name='a', ScheduleExpression='rate(1 hour)')\n",
    "a callback each hour": "from tornado.ioloop import PeriodicCallback\nPeriodicCallback(f, 3600_000).start()\n",
    "a dag with a variable": "from airflow import DAG\nd = DAG('a', schedule=EVERY)\n",
}

BAD |= {
    "a list of seconds": (
        "from apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\n"
        "s.add_job(f, 'cron', second='0,20,40')\n",
        [3],
    ),
    "scheduled anew": (
        "from apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\n"
        "s.reschedule_job('a', trigger='interval', seconds=5)\n",
        [3],
    ),
    "celery by keyword": (
        "from celery import Celery\napp = Celery()\napp.add_periodic_task(schedule=5.0, sig=f.s())\n",
        [3],
    ),
    "an entry by dict": (
        "from celery import Celery\napp = Celery()\napp.conf.beat_schedule = dict(a=dict(task='m.f', schedule=10))\n",
        [3],
    ),
}

SILENT |= {
    "another dict": "from celery import Celery\napp = Celery()\nx = dict(schedule=5)\n",
    "a second": (
        "from apscheduler.schedulers.background import BackgroundScheduler\ns = BackgroundScheduler()\n"
        "s.add_job(f, 'cron', hour=3, second='30')\n"
    ),
}
