"""Conventions of Python itself, its build tools and servers: they need no import."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("""main run setup teardown setup_module teardown_module setup_function teardown_function setup_package
        teardown_package setup_class teardown_class setup_method teardown_method setUp tearDown setUpClass tearDownClass
        setUpModule tearDownModule asyncSetUp asyncTearDown addCleanup load_tests runTest load_ipython_extension
        unload_ipython_extension _jupyter_server_extension_points _jupyter_server_extension_paths _jupyter_nbextension_paths
        _jupyter_labextension_paths _load_jupyter_server_extension load_jupyter_server_extension lambda_handler handler
        application app create_app make_app register unregister includeme define_env build_py build_ext post_fork
        pre_fork when_ready worker_exit worker_int post_worker_init
        nworkers_changed child_exit post_request pre_request autoload generate exists makeExtension _"""),
    hook_prefixes=words("test Test pytest_ step_ it_ describe_ bench_ benchmark_ should_ time_ track_ peakmem_ mem_"),
    callback_prefixes=words("""visit_ depart_ leave_ enter_ exit_ do_ on_ handle_ task_ hook_ cmd_ command_ action_ help_
        complete_ key_ event_ watch_ p_ t_"""),
    method_prefixes=words("""get_ set_ clean_ validate_ resolve_ process_ render_ save_ filter_ perform_ parse_ post_
        pre_ handle_ prepare_ assert visit generic_visit p_ t_ e_ s_ key_ event_ watch_ compose_ action_ check_ emit_
        format_ convert_ serialize_ to_ from_ as_ is_ has_ log_message format"""),
    files=words("""setup.py noxfile.py fabfile.py tasks.py dodo.py manage.py wsgi.py asgi.py conf.py
        gunicorn.conf.py gunicorn_config.py hatch_build.py pdm_build.py build.py sitecustomize.py usercustomize.py
        wscript hubconf.py locustfile.py settings.py mkdocs_hooks.py SConstruct SConscript"""),
    folders=words("migrations versions templatetags hooks plugins filter_plugins"),
    plain_decorators=words("""staticmethod classmethod property cached_property cache lru_cache wraps contextmanager
        asynccontextmanager final no_type_check override coroutine deprecated deprecate retry total_ordering"""),
    inert_bases=words("""object ABC Generic Protocol BaseException Exception ValueError TypeError RuntimeError KeyError
        LookupError OSError IOError EnvironmentError AttributeError IndexError NotImplementedError ImportError
        ArithmeticError AssertionError ConnectionError TimeoutError FileNotFoundError PermissionError UnicodeError
        SyntaxError StopIteration Warning UserWarning DeprecationWarning RuntimeWarning FutureWarning Enum IntEnum
        StrEnum Flag IntFlag NamedTuple TypedDict dict list set tuple str int float bytes frozenset defaultdict
        OrderedDict Counter deque UserDict UserList UserString SimpleNamespace Mapping MutableMapping Sequence
        MutableSequence Set MutableSet Iterable Iterator Collection Container Hashable Sized Callable"""),
)
