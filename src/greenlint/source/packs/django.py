"""Django: models, views, forms, commands, template tags, admin, applications and signals."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("""Meta Media Migration Command Admin urlpatterns handler400 handler403 handler404 handler500 ready
        default_app_config forwards backwards AppConfig"""),
    methods=words("""get_absolute_url get_queryset get_context_data get_form get_form_class get_form_kwargs get_initial
        get_object get_success_url get_template_names get_urls get_readonly_fields get_fieldsets get_list_display
        get_ordering form_valid form_invalid has_add_permission has_change_permission has_delete_permission
        has_view_permission has_module_permission dispatch setup save delete clean full_clean validate to_python
        get_prep_value from_db_value get_internal_type deconstruct formfield contribute_to_class db_type value_to_string
        handle add_arguments ready items location lastmod priority changefreq process_request process_response
        process_view process_exception process_template_response lookups queryset value_from_datadict format_value
        get_context natural_key get_by_natural_key allow_migrate allow_relation db_for_read db_for_write test_func
        authenticate get_user options head get post put patch trace"""),
    method_prefixes=words("clean_ get_ save_ has_ render_ process_"),
    folders=words("migrations templatetags management commands"),
    plain_decorators=words("""login_required permission_required user_passes_test staff_member_required require_POST
        require_GET require_http_methods require_safe csrf_exempt csrf_protect ensure_csrf_cookie never_cache cache_page
        cache_control vary_on_headers vary_on_cookie sensitive_variables sensitive_post_parameters atomic
        method_decorator xframe_options_exempt xframe_options_deny xframe_options_sameorigin gzip_page condition etag
        last_modified override_settings modify_settings keep_lazy"""),
    live_bases=words("""Model AppConfig BaseCommand ModelAdmin TabularInline StackedInline Migration Sitemap Feed
        TestCase TransactionTestCase SimpleTestCase LiveServerTestCase StaticLiveServerTestCase MiddlewareMixin"""),
)
