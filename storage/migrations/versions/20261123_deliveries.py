"""Deliveries are checked against their campaign once a statement, no longer once a row."""

from alembic import op

revision = '20261123_deliveries'
down_revision = '20261122_places'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint('fk_delivery_campaign_id', 'delivery', type_='foreignkey')


def downgrade() -> None:
    op.create_foreign_key(
        'fk_delivery_campaign_id', 'delivery', 'campaign', ['campaign_id'], ['id'], ondelete='CASCADE'
    )
