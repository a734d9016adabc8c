"""The first tables: prices, balances, allowance, the ledger."""

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_one_provider"),
        ("support", "0002_rules_of_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BillingSettings",
            fields=[
                (
                    "provider",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="billing",
                        serialize=False,
                        to="accounts.provider",
                    ),
                ),
                (
                    "top_up_url",
                    models.URLField(
                        blank=True, max_length=300, verbose_name="where clients top up"
                    ),
                ),
                (
                    "no_funds",
                    models.CharField(
                        choices=[
                            ("refuse", "Refuse, and show how to top up"),
                            ("debt", "Allow a debt up to a limit"),
                        ],
                        default="refuse",
                        max_length=6,
                        verbose_name="without funds",
                    ),
                ),
                (
                    "debt_limit",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=12,
                        verbose_name="largest debt",
                    ),
                ),
                (
                    "agents_may_charge",
                    models.BooleanField(
                        default=False, verbose_name="agents may charge in a ticket"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("debt_limit", 0), ("no_funds", "refuse")),
                            models.Q(("debt_limit__gt", 0), ("no_funds", "debt")),
                            _connector="OR",
                        ),
                        name="billing_debt_has_limit",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("quantity", models.PositiveIntegerField(verbose_name="tickets")),
                (
                    "price",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="price"),
                ),
                (
                    "lasts_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: never.",
                        null=True,
                        verbose_name="days until unused tickets lapse",
                    ),
                ),
                ("is_offered", models.BooleanField(default=True, verbose_name="on sale")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packages",
                        to="accounts.provider",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("quantity", models.PositiveIntegerField(verbose_name="tickets each month")),
                (
                    "is_offered",
                    models.BooleanField(default=True, verbose_name="given to new clients"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="accounts.provider",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PriceRule",
            fields=[
                (
                    "department",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="price_rule",
                        serialize=False,
                        to="support.department",
                    ),
                ),
                ("charges", models.BooleanField(default=False, verbose_name="charges for tickets")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=12,
                        verbose_name="price of a ticket",
                    ),
                ),
                (
                    "no_funds",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("refuse", "Refuse, and show how to top up"),
                            ("debt", "Allow a debt up to a limit"),
                        ],
                        help_text="Empty: as the provider does.",
                        max_length=6,
                        verbose_name="without funds",
                    ),
                ),
                (
                    "debt_limit",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=12,
                        verbose_name="largest debt",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_on", models.DateField()),
                ("period", models.PositiveIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("reference", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="accounts.account",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subscriptions",
                        to="billing.plan",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AllowanceLot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("granted", "Granted by support"),
                            ("package", "Package"),
                            ("plan", "Monthly plan"),
                            ("event", "Gift"),
                        ],
                        max_length=7,
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("remaining", models.PositiveIntegerField(default=0)),
                ("starts_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="accounts.account",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.package",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots",
                        to="billing.subscription",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="balance",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=12),
                ),
                ("units", models.IntegerField(default=0)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("units__gte", 0)), name="balance_units_not_negative"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Gift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("registration", "Registration"),
                            ("first_top_up", "First top-up"),
                            ("top_up", "Top-up of a sum"),
                        ],
                        max_length=12,
                        verbose_name="occasion",
                    ),
                ),
                (
                    "least_amount",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=12,
                        verbose_name="for a sum from",
                    ),
                ),
                ("quantity", models.PositiveIntegerField(verbose_name="tickets")),
                (
                    "lasts_days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: never.",
                        null=True,
                        verbose_name="days until unused tickets lapse",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="given")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("least_amount__gte", 0), ("quantity__gt", 0)),
                        name="gift_is_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lasts_days__isnull", True), ("lasts_days__gt", 0), _connector="OR"
                        ),
                        name="gift_lasts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("occasion", "registration"), _negated=True),
                            ("least_amount", 0),
                            _connector="OR",
                        ),
                        name="gift_sum_needs_top_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("top_up", "Top-up"),
                            ("grant", "Tickets granted"),
                            ("package", "Package bought"),
                            ("plan", "Monthly tickets"),
                            ("gift", "Tickets as a gift"),
                            ("spend", "Ticket used"),
                            ("price", "Paid ticket"),
                            ("charge", "Charge by support"),
                            ("lapse", "Tickets lapsed"),
                            ("refund", "Refund"),
                            ("correction", "Correction"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=12),
                ),
                ("balance_after", models.DecimalField(decimal_places=2, max_digits=12)),
                ("currency", models.CharField(max_length=3)),
                ("units", models.IntegerField(default=0)),
                ("units_after", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("reference", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="accounts.account",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="support.department",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="billing.allowancelot",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversals",
                        to="billing.ledgerentry",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_entries",
                        to="support.ticket",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("account"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="ledger_of_account",
                    ),
                    models.Index(
                        condition=models.Q(("ticket__isnull", False)),
                        fields=["ticket"],
                        name="ledger_of_ticket",
                    ),
                    models.Index(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=["reverses"],
                        name="ledger_reversals",
                    ),
                    models.Index(fields=["provider", "created_at"], name="ledger_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "reference"), name="ledger_reference_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("kind", "top_up"), ("units", 0)),
                            models.Q(
                                ("amount", 0),
                                ("kind__in", ("grant", "plan", "gift")),
                                ("units__gt", 0),
                            ),
                            models.Q(("amount__lt", 0), ("kind", "package"), ("units__gt", 0)),
                            models.Q(
                                ("amount", 0),
                                ("kind", "spend"),
                                ("ticket__isnull", False),
                                ("units", -1),
                            ),
                            models.Q(
                                ("amount__lt", 0),
                                ("kind__in", ("price", "charge")),
                                ("ticket__isnull", False),
                                ("units", 0),
                            ),
                            models.Q(("amount", 0), ("kind", "lapse"), ("units__lt", 0)),
                            models.Q(
                                ("kind__in", ("refund", "correction")),
                                models.Q(
                                    models.Q(("amount", 0), _negated=True),
                                    models.Q(("units", 0), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_figures_fit_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lot__isnull", True), ("units", 0)),
                            models.Q(models.Q(("units", 0), _negated=True), ("lot__isnull", False)),
                            _connector="OR",
                        ),
                        name="ledger_units_have_lot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("refund", "correction")), ("reverses__isnull", False)
                            ),
                            models.Q(
                                models.Q(("kind__in", ("refund", "correction")), _negated=True),
                                ("reverses__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ledger_reversal_has_original",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        name="ledger_has_reference",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.UniqueConstraint(
                fields=("provider", "name"), name="package_name_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.UniqueConstraint(
                fields=("id", "provider"), name="package_of_provider"
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__gt", 0), ("quantity__gt", 0)),
                name="package_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lasts_days__isnull", True), ("lasts_days__gt", 0), _connector="OR"
                ),
                name="package_lasts",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("provider", "name"), name="plan_name_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("id", "provider"), name="plan_of_provider"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="plan_is_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="pricerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price__gt", 0), models.Q(("charges", False), ("price", 0)), _connector="OR"
                ),
                name="price_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="pricerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("debt_limit", 0), ("no_funds__in", ["", "refuse"])),
                    models.Q(("debt_limit__gt", 0), ("no_funds", "debt")),
                    _connector="OR",
                ),
                name="price_debt_has_limit",
            ),
        ),
        migrations.AddIndex(
            model_name="subscription",
            index=models.Index(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=["next_at", "account"],
                name="subscription_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_at__isnull", True)),
                fields=("account", "plan"),
                name="subscription_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("provider", "reference"), name="subscription_reference_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("id", "account"), name="subscription_of_account"
            ),
        ),
        migrations.AddIndex(
            model_name="allowancelot",
            index=models.Index(
                condition=models.Q(("remaining__gt", 0)),
                fields=["account", "expires_at"],
                name="lot_usable",
            ),
        ),
        migrations.AddIndex(
            model_name="allowancelot",
            index=models.Index(
                condition=models.Q(("expires_at__isnull", False), ("remaining__gt", 0)),
                fields=["expires_at", "account"],
                name="lot_lapses",
            ),
        ),
        migrations.AddConstraint(
            model_name="allowancelot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quantity__gt", 0),
                    ("remaining__gte", 0),
                    ("remaining__lte", models.F("quantity")),
                ),
                name="lot_holds_what_it_had",
            ),
        ),
        migrations.AddConstraint(
            model_name="allowancelot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_at__isnull", True),
                    ("expires_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="lot_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="allowancelot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "package"), ("package__isnull", False)),
                    models.Q(
                        models.Q(("source", "package"), _negated=True), ("package__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="lot_package_has_package",
            ),
        ),
        migrations.AddConstraint(
            model_name="allowancelot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "plan"), ("subscription__isnull", False)),
                    models.Q(
                        models.Q(("source", "plan"), _negated=True), ("subscription__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="lot_plan_has_subscription",
            ),
        ),
    ]
