"""Scrapy: spiders, pipelines, middlewares, extensions, named in settings."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("parse start_requests closed"),
    methods=words("""process_item open_spider close_spider process_request process_response process_exception
        process_spider_input process_spider_output process_spider_exception process_start_requests process_start
        from_crawler from_settings start start_requests parse closed file_path get_media_requests item_completed
        media_downloaded serialize_field export_item start_exporting finish_exporting spider_opened spider_closed
        spider_idle update_settings add_options process_options run short_desc long_desc syntax handles_request
        custom_process_request"""),
    method_prefixes=words("parse_"),
    folders=words("spiders"),
    live_bases=words("Spider CrawlSpider SitemapSpider XMLFeedSpider CSVFeedSpider ScrapyCommand"),
)
