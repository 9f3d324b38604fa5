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
