"""Airflow: files of DAGs, operators, sensors, hooks, plug-ins."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("dag default_args policy task_policy dag_policy pod_mutation_hook get_provider_info"),
    methods=words("""execute poke pre_execute post_execute on_kill execute_complete get_conn get_hook get_uri
        test_connection get_ui_field_behaviour get_connection_form_widgets serialize run get_link resume_execution defer"""),
    folders=words("dags plugins example_dags"),
    files=words("airflow_local_settings.py webserver_config.py"),
    live_bases=words("BaseOperator BaseSensorOperator BaseHook AirflowPlugin BaseTrigger BaseOperatorLink"),
)
