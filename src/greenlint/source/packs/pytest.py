"""pytest and its common plug-ins."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hook_prefixes=words("pytest_"),
    plain_decorators=words("usefixtures filterwarnings"),
    fixtures=words("""event_loop event_loop_policy loop loop_factory anyio_backend django_db_setup
        django_db_modify_db_settings django_db_createdb django_db_keepdb django_db_use_migrations django_user_model
        celery_config celery_app celery_parameters celery_enable_logging celery_includes celery_worker_pool
        celery_worker_parameters celery_class_tasks use_celery_app_trap vcr_config vcr_cassette_dir vcr_cassette_name
        vcr browser_context_args browser_type_launch_args connect_options docker_compose_file
        docker_compose_project_name docker_compose_command docker_cleanup docker_setup docker_ip app base_url
        assert_all_responses_were_requested assert_all_requests_were_expected non_mocked_hosts
        can_send_already_matched_responses snapshot doctest_namespace selenium driver_args driver_kwargs chrome_options
        firefox_options sensitive_url httpserver_listen_address httpserver_ssl_context make_httpserver live_server
        tmpworkdir original_datadir datadir lazy_datadir xprocess default_cassette_name record_mode block_network
        splinter_webdriver splinter_driver_kwargs bdd_strict_gherkin pytestconfig worker_id mock_use_standalone_module
        sqlalchemy_connect_url engine benchmark_group setup_databases verify_cleanup expected_lingering_tasks
        expected_lingering_timers"""),
)
